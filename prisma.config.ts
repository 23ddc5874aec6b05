import { env, execPath } from 'node:process';
import { defineConfig } from 'prisma/config';

// Every command looks for a schema engine that only a download provides; validate, format and generate never run it.
env.PRISMA_SCHEMA_ENGINE_BINARY ??= execPath;
env.PRISMA_HIDE_UPDATE_MESSAGE ??= '1';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(env.DATABASE_URL === undefined ? {} : { datasource: { url: env.DATABASE_URL } }),
});
