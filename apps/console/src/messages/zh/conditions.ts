import type { conditions as en } from '../en/conditions.ts';
import type { Translated } from '../translated.ts';

export const conditions: Translated<typeof en> = {
  Ready: { True: '就绪', False: '未就绪' },
  Initialized: { True: '已初始化', False: '尚未初始化' },
  Available: { True: '可用', False: '不可用' },
  Progressing: { True: '进行中', False: '没有进展' },
  ContainersReady: { True: '所有容器都已就绪', False: '并非所有容器都已就绪' },
  PodScheduled: { True: '已调度到节点', False: '未调度到节点' },
  PodReadyToStartContainers: { True: '沙箱和网络已就绪', False: '没有沙箱和网络' },
  DiskPressure: { True: '磁盘将满', False: '磁盘充足' },
  MemoryPressure: { True: '内存不足', False: '内存充足' },
  PIDPressure: { True: '进程号不足', False: '进程号充足' },
  other: { True: '{type}', False: '{type}：否', Unknown: '{type}：未知' },
};
