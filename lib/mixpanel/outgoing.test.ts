import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/domain/app-error";
import { addBody, checked, createBody, pathId, removeBody } from "./outgoing";

const create = { name: "warehouse-export", role: "analyst", expiresAt: null, projects: [] };

function refusal(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("It was accepted.");
}

describe("what is sent", () => {
  it("leaves out what does not apply to a create", () => {
    expect(checked(createBody, create)).toEqual({ username: "warehouse-export", role: "analyst" });
  });

  it("writes the expiry in UTC with a Z", () => {
    const input = { ...create, expiresAt: "2027-01-02T03:04:05Z", projects: [{ id: 5, role: "consumer" }] };
    expect(checked(createBody, input)).toEqual({
      username: "warehouse-export",
      role: "analyst",
      expires: "2027-01-02T03:04:05.000Z",
      projects: [{ id: 5, role: "consumer" }],
    });
  });

  it("names ids as the contract does", () => {
    expect(checked(addBody, { accountIds: [1, 2], projects: [{ id: 5, role: "admin" }] })).toEqual({
      projects: [{ id: 5, role: "admin" }],
      service_account_ids: [1, 2],
    });
    expect(checked(removeBody, { projects: [{ id: 5, accountIds: [1] }] })).toEqual({
      projects: [{ id: 5, service_account_ids: [1] }],
    });
  });

  it.each([
    ["an empty name", createBody, { ...create, name: "" }, "name"],
    ["a name of 300 characters", createBody, { ...create, name: "x".repeat(300) }, "name"],
    ["a role that cannot be written", createBody, { ...create, role: "billing_admin" }, "role"],
    ["a date with an offset", createBody, { ...create, expiresAt: "2027-01-02T03:04:05+02:00" }, "expiresAt"],
    ["a field too many", createBody, { ...create, creator: 1 }, "input"],
    [
      "a project twice",
      createBody,
      {
        ...create,
        projects: [
          { id: 5, role: "admin" },
          { id: 5, role: "owner" },
        ],
      },
      "projects",
    ],
    ["no account", addBody, { accountIds: [], projects: [{ id: 5, role: "admin" }] }, "accountIds"],
    ["no project", addBody, { accountIds: [1], projects: [] }, "projects"],
    ["an account twice", addBody, { accountIds: [1, 1], projects: [{ id: 5, role: "admin" }] }, "accountIds"],
    ["an id as text", removeBody, { projects: [{ id: "5", accountIds: [1] }] }, "projects.0.id"],
    ["nothing to remove", removeBody, { projects: [] }, "projects"],
    ["an id that is none", pathId, -1, "input"],
    ["a fraction as id", pathId, 1.5, "input"],
  ])("is never %s", (_what, schema, input, field) => {
    const error = refusal(() => checked<unknown>(schema, input));
    expect(error.code).toBe("bad_request");
    expect(Object.keys(error.details.fields ?? {})).toContain(field);
  });
});
