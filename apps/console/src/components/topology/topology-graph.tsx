'use client';

import '@xyflow/react/dist/base.css';
import {
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useRef } from 'react';
import { useText } from '../../i18n/text.ts';
import { toneOf } from '../../lib/tones.ts';
import { useStatusText } from '../../lib/use-status-text.ts';
import { Button } from '../ui/button.tsx';
import { ToneIcon } from '../ui/status.tsx';
import { BOX, placesOf } from './layout.ts';
import { boxHref, type Topology, type TopologyNode } from './topology-tree.ts';

type Box = Node<{ readonly node: TopologyNode }, 'box'>;

const NAME_CHARS_MAX = 16;
const HEAD_CHARS = 5;

/** Both ends of a name: the last letters tell pods of a workload apart. */
const shortName = (name: string): string =>
  name.length <= NAME_CHARS_MAX
    ? name
    : `${name.slice(0, HEAD_CHARS)}…${name.slice(HEAD_CHARS + 1 - NAME_CHARS_MAX)}`;

const EDGES: Readonly<Record<string, string>> = {
  ok: 'border-line',
  idle: 'border-line',
  busy: 'border-busy',
  drift: 'border-drift',
  broken: 'border-broken',
};

function BoxView({ data: { node } }: NodeProps<Box>) {
  const statusText = useStatusText();
  const t = useText('topology');
  const tone = toneOf(node.status);
  return (
    <div
      className={`flex cursor-pointer items-center gap-2 rounded-md border bg-surface px-2.5 hover:bg-sunken ${EDGES[tone]}`}
      style={BOX}
      title={`${node.kind} ${node.name}${node.status === '' ? '' : `: ${statusText(node.status)}`}`}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} className="opacity-0" />
      {node.status === '' ? null : <ToneIcon tone={tone} />}
      <div className="min-w-0 flex-1">
        <p className="truncate text-2xs text-muted">
          {node.kind === 'Pods' ? t('podsOf') : node.kind}
          {node.ready === '' ? '' : ` · ${node.ready}`}
        </p>
        <p className="truncate text-sm font-medium">{shortName(node.name)}</p>
      </div>
      <Handle type="source" position={Position.Right} isConnectable={false} className="opacity-0" />
    </div>
  );
}

const TYPES = { box: BoxView };
const FIT = { padding: 0.04, maxZoom: 1 } as const;

function Buttons() {
  const t = useText('topology');
  const flow = useReactFlow();
  return (
    <div className="absolute right-2 bottom-2 z-10 flex gap-1">
      <Button icon={ZoomIn} aria-label={t('zoomIn')} onClick={() => void flow.zoomIn()} />
      <Button icon={ZoomOut} aria-label={t('zoomOut')} onClick={() => void flow.zoomOut()} />
      <Button icon={Maximize} aria-label={t('fit')} onClick={() => void flow.fitView(FIT)} />
    </div>
  );
}

/** Shows all of the graph whenever it or its frame changes, until somebody moves it. */
function Fitter({ shape, moved }: { readonly shape: string; readonly moved: { readonly current: boolean } }) {
  const { fitView } = useReactFlow();
  const frame = useStore(({ width, height }) => `${width} ${height}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what it follows
  useEffect(() => {
    if (moved.current) return;
    const next = requestAnimationFrame(() => void fitView(FIT));
    return () => cancelAnimationFrame(next);
  }, [shape, frame, moved, fitView]);
  return null;
}

/** The graph as a picture, to look at and to click; the table beside it says the same in words. */
export function TopologyGraph({
  topology,
  namespace,
}: {
  readonly topology: Topology;
  readonly namespace: string;
}) {
  const t = useText('topology');
  const router = useRouter();
  const moved = useRef(false);
  // Places depend on what leads to what only, not on states that change all the time.
  const shape = JSON.stringify([topology.nodes.map(({ id }) => id), topology.edges]);
  const places = useMemo(() => {
    const [ids, edges] = JSON.parse(shape) as [string[], Topology['edges']];
    return placesOf({ nodes: ids.map((id) => ({ id }) as TopologyNode), edges });
  }, [shape]);
  const nodes: Box[] = topology.nodes.map((node) => ({
    id: node.id,
    type: 'box',
    position: places.get(node.id) ?? { x: 0, y: 0 },
    data: { node },
    ...BOX,
  }));
  const edges = topology.edges.map(({ from, to }) => ({
    ...{ id: `${from}>${to}`, source: from, target: to },
    style: { stroke: 'var(--line-strong)' },
  }));
  return (
    <ReactFlowProvider>
      <div className="relative h-full w-full overflow-hidden rounded-lg border border-line bg-sunken">
        <div role="img" aria-label={t('picture', { count: topology.nodes.length })} className="h-full">
          <ReactFlow
            key={namespace}
            nodes={nodes}
            edges={edges}
            nodeTypes={TYPES}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            onlyRenderVisibleElements
            fitView
            fitViewOptions={FIT}
            minZoom={0.05}
            maxZoom={1.5}
            proOptions={{ hideAttribution: true }}
            onMoveStart={(event) => {
              if (event !== null) moved.current = true;
            }}
            onNodeClick={(_, { data: { node } }) => router.push(boxHref(node, namespace))}
          />
        </div>
        <Fitter shape={shape} moved={moved} />
        <Buttons />
      </div>
    </ReactFlowProvider>
  );
}
