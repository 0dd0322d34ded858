/**
 * What the identity provider says when it is asked for an operator's groups again. `refused`: the sign-in is over there.
 * `unreadable`: it answered, but without a usable list of groups. `unreachable`: it gave no answer to rely on.
 */
export type GroupsAnswer =
  | { kind: "groups"; groups: readonly string[]; refreshToken: string | null }
  | { kind: "refused" }
  | { kind: "unreadable"; reason: "overage" | "missing" | "malformed" }
  | { kind: "unreachable"; cause: unknown };

export type GroupSource = (question: { refreshToken: string; subject: string }) => Promise<GroupsAnswer>;
