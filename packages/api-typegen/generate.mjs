// OpenAPI document → TypeScript types. A workspace of its own, since openapi-typescript needs TypeScript 5.
// usage: node generate.mjs openapi.json out.d.ts
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const [input, output] = process.argv.slice(2);
const ast = await openapiTS(JSON.parse(readFileSync(input, 'utf8')), { defaultNonNullable: false });
writeFileSync(output, `// Written by \`npm run generate\`.\n${astToString(ast)}`);
