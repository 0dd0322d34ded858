import type { SignInSettings } from "@/lib/env/sign-in-settings";
import type { GroupSource } from "@/lib/services/sessions/group-source";
import { createGroupSource } from "./create-group-source";

const sources = new WeakMap<SignInSettings, GroupSource>();

/** One source per configuration, so that the provider's description and keys are fetched once. */
export function groupSourceOf(settings: SignInSettings): GroupSource {
  const source = sources.get(settings) ?? createGroupSource(settings);
  sources.set(settings, source);
  return source;
}
