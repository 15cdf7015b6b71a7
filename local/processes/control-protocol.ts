import * as z from 'zod/mini';

/** What `npm run node` can ask for, one action a connection: a line of JSON each way. */
export const CONTROL_ACTIONS = ['status', 'stop', 'kill', 'pause', 'resume', 'start', 'wait'] as const;

export type ControlAction = (typeof CONTROL_ACTIONS)[number];

export const controlRequestSchema = z.object({
  action: z.enum(CONTROL_ACTIONS),
  part: z.optional(z.string()),
  number: z.optional(z.int()),
  timeoutMilliseconds: z.optional(z.int()),
});

export type ControlRequest = z.infer<typeof controlRequestSchema>;

const partStatusSchema = z.object({
  part: z.string(),
  number: z.optional(z.int()),
  state: z.enum(['starting', 'running', 'paused', 'stopped', 'failed']),
  pid: z.optional(z.int()),
});

/** `parts` is what `status` answers; `error` is one sentence. */
export const controlResponseSchema = z.union([
  z.object({ parts: z.array(partStatusSchema) }),
  z.object({ error: z.string() }),
]);

export type ControlResponse = z.infer<typeof controlResponseSchema>;
