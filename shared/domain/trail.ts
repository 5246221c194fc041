/** What events told: kept from reading to reading, so that those of a block are asked for once. */
import { z } from 'zod';

/** What events told of one subject, the oldest first. */
export const trailSchema = z.object({
  /** Kind of event, and whose: `etherfi-requests:0x…`. */
  id: z.string(),
  /** Last block whose events are in it for good. */
  through: z.bigint(),
  found: z.array(z.object({ block: z.bigint(), value: z.string() })),
});
export type Trail = z.infer<typeof trailSchema>;
