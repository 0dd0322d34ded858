import type { RefusalReason } from "@/lib/services/sessions/refuse";

/** `byGroups`: whether other groups would help; else the provider has to be set up otherwise. */
type Text = { title: string; explanation: string; byGroups: boolean };

const texts: Record<RefusalReason, Text> = {
  no_role: {
    title: "Your account has no role in Keywarden",
    explanation: "You signed in, but none of your groups gives you entry.",
    byGroups: true,
  },
  overage: {
    title: "Your groups could not be read",
    explanation:
      "Your account is in so many groups that the identity provider left them out of the sign-in. It has to be set up to send only the groups that are assigned to Keywarden.",
    byGroups: false,
  },
  missing: {
    title: "Your groups could not be read",
    explanation: "The identity provider sent no groups at all. It has to be set up to send them.",
    byGroups: false,
  },
  malformed: {
    title: "Your groups could not be read",
    explanation:
      "The identity provider sent the groups in a form other than a list of names, for example as a single text. It has to be set up to send a list, also where there is only one group: Keywarden does not guess who may come in.",
    byGroups: false,
  },
};
const byReason = new Map<string, Text>(Object.entries(texts));

/** Why somebody was not let in, in words for them. */
export function refusalText(reason: string | undefined): Text {
  return byReason.get(reason ?? "") ?? texts.no_role;
}
