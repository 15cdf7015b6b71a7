import * as z from 'zod/mini';

const partState = z.enum(['up', 'down']);

/** 200 as long as the function itself runs; `status` is `degraded` as soon as one part is away. */
export const healthResponseSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  parts: z.object({ kafka: partState, cassandra: partState, dynamodb: partState }),
});

export type HealthResponse = z.infer<typeof healthResponseSchema>;
