import { parentPort } from 'node:worker_threads';
import { parseOneDocument } from './yaml.ts';
import type { Answer, Question } from './yaml-apart.ts';

/** Bytes of JSON that one text may become, which aliases can swell. */
const MAX_JSON = 16 * 1024 * 1024;

/** A thread that parses YAML, since the parser needs seconds for some texts of a few megabytes. */
function answer({ id, text }: Question): Answer {
  try {
    const { value, repeats } = parseOneDocument(text);
    const json = JSON.stringify(value) as string | undefined;
    if ((json?.length ?? 0) > MAX_JSON) throw new Error('yaml: document contains excessive aliasing');
    return { id, json, repeats };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error), repeats: [] };
  }
}

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answer(question)));
