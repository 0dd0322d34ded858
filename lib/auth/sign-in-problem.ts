type Problem = { title: string; advice: string };

const provider: Problem = {
  title: "The identity provider cannot be reached.",
  advice: "Nobody can sign in until it answers. Try again in a minute; if it stays, tell whoever runs it.",
};
const unfinished: Problem = {
  title: "The sign-in was not completed.",
  advice: "It took too long, was started in another window, or the provider refused it. Sign in again.",
};
const problems = new Map<string, Problem>([
  ["OAuthSignin", provider],
  ["OAuthCallback", unfinished],
  ["Callback", unfinished],
  [
    "AccessDenied",
    { title: "The provider did not let you in.", advice: "Sign in with another account, or ask your administrator." },
  ],
  [
    "Unrecorded",
    {
      title: "The sign-in could not be recorded, so it did not happen.",
      advice: "Ask whoever runs Keywarden to check its database, then sign in again.",
    },
  ],
  [
    "Configuration",
    { title: "Sign-in is not set up correctly.", advice: "Ask whoever runs Keywarden to look at its log." },
  ],
]);

/** What the sign-in page says about next-auth's error codes; an unknown code is said in general words. */
export function signInProblem(code: string | undefined): Problem | null {
  if (code === undefined || code === "") return null;
  return problems.get(code) ?? unfinished;
}
