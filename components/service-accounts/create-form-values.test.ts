import { describe, expect, it } from "vitest";
import {
  chosenExpiry,
  createDraftSchema,
  createFormSchema,
  emptyCreateForm,
  fromCreateInput,
  ownCreateForm,
  toCreateInput,
} from "./create-form-values";

const now = new Date("2026-11-23T08:00:00.000Z");

describe("the create form", () => {
  it("starts with the least privilege and an expiry", () => {
    expect(emptyCreateForm).toMatchObject({ role: "consumer", projects: [], expiry: "90" });
    expect(chosenExpiry(emptyCreateForm, now)).toBe("2027-02-21T23:59:59.000Z");
  });

  it("asks for a reason for never and forgets it when another expiry is chosen", () => {
    const never = { ...emptyCreateForm, name: "export-prod", expiry: "never" as const };
    expect(createFormSchema.safeParse(never).error?.issues.map(({ path }) => path[0])).toEqual(["neverReason"]);
    const reasoned = { ...never, neverReason: "A vendor cannot rotate" };
    expect(toCreateInput(reasoned, now)).toMatchObject({ expiresAt: null, neverReason: "A vendor cannot rotate" });
    expect(toCreateInput({ ...reasoned, expiry: "30" }, now)).toMatchObject({ neverReason: "" });
  });

  it.each(["", "2020-01-01", "2999-01-01", "junk"])("refuses the date %j at the field", (date) => {
    const values = { ...emptyCreateForm, name: "export-prod", expiry: "date" as const, date };
    expect(createFormSchema.safeParse(values).error?.issues.map(({ path }) => path[0])).toEqual(["date"]);
  });

  it("keeps a draft that could not be sent yet, and no junk", () => {
    const draft = { ...emptyCreateForm, name: "half <", expiry: "never" as const };
    expect(createDraftSchema.parse(draft)).toEqual(draft);
    expect(createDraftSchema.safeParse({ ...draft, role: "king" }).success).toBe(false);
  });

  it("asks for a reason for owner and admin, wherever they are held, and sends none for less", () => {
    const strong = { ...emptyCreateForm, name: "terraform", projects: [{ id: 7, role: "admin" as const }] };
    expect(createFormSchema.safeParse(strong).error?.issues.map(({ path }) => path[0])).toEqual(["roleReason"]);
    const reasoned = { ...strong, roleReason: "It manages projects" };
    expect(createFormSchema.safeParse(reasoned).success).toBe(true);
    expect(toCreateInput({ ...reasoned, projects: [] }, now)).toMatchObject({ roleReason: null });
  });

  it("begins as the operator's own, and keeps what was typed before these fields were there", () => {
    const own = ownCreateForm({ name: "Ada", email: "ada@example.com" });
    expect(own).toEqual({ ...emptyCreateForm, owner: "Ada", contact: "ada@example.com" });
    expect(ownCreateForm({ name: "Ada", email: "no address" }).contact).toBe("");
    const { owner, ownerKind, contact, ticket, tags, roleReason, ...earlier } = emptyCreateForm;
    expect(createDraftSchema.parse(earlier)).toEqual(emptyCreateForm);
  });

  it("fills itself in from a recorded intention and ignores a broken one", () => {
    const input = toCreateInput(
      {
        ...emptyCreateForm,
        name: "export-prod",
        projects: [{ id: 7, role: "owner" }],
        roleReason: "Terraform",
        ...{ owner: "Data", ownerKind: "team", contact: "data@example.com", ticket: "OPS-7", tags: "b, a" },
      },
      now,
    );
    expect(toCreateInput(fromCreateInput(input), now)).toEqual(input);
    expect(fromCreateInput({ name: 7 })).toEqual(emptyCreateForm);
  });
});
