import { z } from "zod";
import { organizationKeySchema } from "@/lib/domain/organization";

const idInAddress = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .pipe(z.number().int().positive());

/** The parts of our addresses, as Next hands them over. */
export const organizationParameters = z.object({ organizationKey: organizationKeySchema });
export const accountParameters = organizationParameters.extend({ accountId: idInAddress });
export const projectParameters = organizationParameters.extend({ projectId: idInAddress });
export const operationParameters = organizationParameters.extend({ operationId: z.string().min(1).max(64) });
export const channelParameters = organizationParameters.extend({ channelId: z.string().min(1).max(64) });
export const deliveryParameters = organizationParameters.extend({ deliveryId: z.string().min(1).max(64) });
export const feedParameters = z.object({ feedId: z.string().min(1).max(64) });
export const operatorParameters = z.object({ operatorId: z.string().min(1).max(64) });
export const rotationParameters = organizationParameters.extend({ rotationId: z.string().min(1).max(64) });
export const campaignParameters = organizationParameters.extend({ campaignId: z.string().min(1).max(64) });
