import { describe, expect, test } from "vitest";
import { EnvironmentError, EnvironmentProblems } from "./environment-problems";
import { readMetricsToken, readNotifications } from "./notification-settings";
import { Variables } from "./variables";

function reading<T>(source: Record<string, string>, read: (variables: Variables) => T) {
  const problems = new EnvironmentProblems();
  const value = read(new Variables(source, () => "", problems));
  try {
    problems.throwIfAny();
    return { value, lines: [] };
  } catch (error) {
    return { value, lines: error instanceof EnvironmentError ? error.lines : [String(error)] };
  }
}
const from = { KEYWARDEN_MAIL_FROM: "Keywarden <keywarden@example.com>" };

test("nothing set: no mail, no receiver inside, no metrics", () => {
  expect(reading({}, readNotifications)).toEqual({ value: { mail: null, allowedHosts: [] }, lines: [] });
  expect(reading({}, readMetricsToken)).toEqual({ value: undefined, lines: [] });
});

describe("mail", () => {
  test("a server and a sender", () => {
    const url = "smtps://user:p%40ss@smtp.example.com:465";
    const { value, lines } = reading({ KEYWARDEN_SMTP_URL: url, ...from }, readNotifications);
    expect([value.mail, lines]).toEqual([{ url, from: from.KEYWARDEN_MAIL_FROM }, []]);
  });

  test.each([
    {
      source: { KEYWARDEN_SMTP_URL: "https://smtp.example.com", ...from },
      says: "KEYWARDEN_SMTP_URL is not an smtp://",
    },
    { source: { KEYWARDEN_SMTP_URL: "smtp://", ...from }, says: "KEYWARDEN_SMTP_URL is not an smtp://" },
    { source: { KEYWARDEN_SMTP_URL: "smtp://smtp.example.com" }, says: "KEYWARDEN_MAIL_FROM is missing" },
    { source: from, says: "KEYWARDEN_SMTP_URL is missing" },
    ...["nobody", "a@b@c", "x\r\nBcc: y@example.com", "<script>a@example.com"].map((sender) => ({
      source: { KEYWARDEN_SMTP_URL: "smtp://smtp.example.com", KEYWARDEN_MAIL_FROM: sender },
      says: "KEYWARDEN_MAIL_FROM is not the address of a sender",
    })),
  ])("$source: $says", ({ source, says }) => {
    const { lines } = reading(source, readNotifications);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(says);
  });
});

describe("receivers inside", () => {
  test("are hosts with a port, in the form that addresses have", () => {
    const { value, lines } = reading(
      { KEYWARDEN_WEBHOOK_ALLOWED_HOSTS: "Alerts.Internal:8443, 127.0.0.1:9000,[::1]:443" },
      readNotifications,
    );
    expect([value.allowedHosts, lines]).toEqual([["alerts.internal:8443", "127.0.0.1:9000", "[::1]:443"], []]);
  });

  test.each(["alerts.internal", "https://alerts.internal:8443", "*:443", "a b:1", "host:0", "host:70000"])(
    "%s is none",
    (entry) => {
      const { value, lines } = reading({ KEYWARDEN_WEBHOOK_ALLOWED_HOSTS: entry }, readNotifications);
      expect(value.allowedHosts).toEqual([]);
      expect(lines[0]).toContain("which is no host with a port");
    },
  );
});

test.each(["too-few", "a token with spaces that is long enough for it", "ä".repeat(40)])(
  "%s is no token for the metrics, and is not repeated",
  (token) => {
    const { lines } = reading({ KEYWARDEN_METRICS_TOKEN: token }, readMetricsToken);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(token);
  },
);
