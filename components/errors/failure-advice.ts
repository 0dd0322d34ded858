import { formatAbsoluteTime } from "@/components/ui/format-relative-time";

/** What to do about a failure, and from when on where the other side said so. */
export function failureAdvice({ advice, retryAt }: { advice: string; retryAt?: string | undefined }): string {
  return retryAt ? `${advice} Not before ${formatAbsoluteTime(retryAt)}.` : advice;
}
