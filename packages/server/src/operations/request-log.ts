import type { RequestObserver } from './observer.ts';

interface Log {
  info(fields: object, message: string): void;
}

/** One line a request, under the original's keys. */
export function requestLog(log: Log): RequestObserver {
  return {
    begin: ({ method, url, auditId, remoteAddress, authentication }) => {
      const began = performance.now();
      let user = '';
      return {
        known: ({ name }) => {
          user = name;
        },
        end: (status) =>
          log.info(
            {
              verb: method,
              URI: url,
              latency: `${(performance.now() - began).toFixed(3)}ms`,
              userAgent: authentication.headers['user-agent'] ?? '',
              'audit-ID': auditId,
              srcIP: remoteAddress ?? '',
              user,
              resp: status,
            },
            'HTTP',
          ),
      };
    },
  };
}
