/** How a person would say a condition: its type, then whether it is true. Types that are not here are made readable. */
export const conditions = {
  Ready: { True: 'Ready', False: 'Not ready' },
  Initialized: { True: 'Initialized', False: 'Not initialized yet' },
  Available: { True: 'Available', False: 'Not available' },
  Progressing: { True: 'Progressing', False: 'Does not progress' },
  ContainersReady: { True: 'All containers are ready', False: 'Not all containers are ready' },
  PodScheduled: { True: 'Scheduled to a node', False: 'Not scheduled to a node' },
  PodReadyToStartContainers: { True: 'Sandbox and network stand', False: 'No sandbox and network' },
  DiskPressure: { True: 'The disk is nearly full', False: 'Enough disk' },
  MemoryPressure: { True: 'Memory is scarce', False: 'Enough memory' },
  PIDPressure: { True: 'Process ids are scarce', False: 'Enough process ids' },
  other: { True: '{type}', False: '{type}: no', Unknown: '{type}: unknown' },
} as const;
