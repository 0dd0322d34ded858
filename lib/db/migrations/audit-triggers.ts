import { sql } from "kysely";
import type { Transaction } from "@/lib/db/database";

/** Events are only ever added at the end of the chain. REPLACE would delete without a delete trigger: the order check stops it. */
export async function protectAuditRecordOnSqlite(transaction: Transaction): Promise<void> {
  for (const statement of [
    sql`create trigger audit_events_no_update before update on audit_events
        begin select raise(abort, 'audit events are never changed'); end`,
    sql`create trigger audit_events_no_delete before delete on audit_events
        begin select raise(abort, 'audit events are never removed'); end`,
    sql`create trigger audit_events_in_order before insert on audit_events
        when not exists (
          select 1 from audit_head where new.sequence = sequence + 1 and new.previous_hash = hash
        )
        begin select raise(abort, 'audit events are added at the end of the chain only'); end`,
    sql`create trigger audit_head_moves_on before update on audit_head
        when new.id <> old.id or new.sequence <> old.sequence + 1 or not exists (
          select 1 from audit_events where sequence = new.sequence and hash = new.hash
        )
        begin select raise(abort, 'the audit head follows its newest event only'); end`,
    sql`create trigger audit_head_stays before delete on audit_head
        begin select raise(abort, 'the audit head is never removed'); end`,
    sql`create trigger audit_head_is_one before insert on audit_head
        begin select raise(abort, 'there is one audit head'); end`,
  ]) {
    await statement.execute(transaction);
  }
}

export async function protectAuditRecordOnPostgresql(transaction: Transaction): Promise<void> {
  for (const statement of [
    sql`create function refuse_audit_change() returns trigger language plpgsql as $$
        begin raise exception 'audit events are never changed or removed'; end $$`,
    sql`create function require_audit_order() returns trigger language plpgsql as $$
        begin
          if not exists (
            select 1 from audit_head where new.sequence = sequence + 1 and new.previous_hash = hash
          ) then raise exception 'audit events are added at the end of the chain only'; end if;
          return new;
        end $$`,
    sql`create function require_audit_head_order() returns trigger language plpgsql as $$
        begin
          if new.id <> old.id or new.sequence <> old.sequence + 1 or not exists (
            select 1 from audit_events where sequence = new.sequence and hash = new.hash
          ) then raise exception 'the audit head follows its newest event only'; end if;
          return new;
        end $$`,
    sql`create trigger audit_events_insert_only before update or delete on audit_events
        for each row execute function refuse_audit_change()`,
    sql`create trigger audit_events_no_truncate before truncate on audit_events
        for each statement execute function refuse_audit_change()`,
    sql`create trigger audit_events_in_order before insert on audit_events
        for each row execute function require_audit_order()`,
    sql`create trigger audit_head_moves_on before update on audit_head
        for each row execute function require_audit_head_order()`,
    sql`create trigger audit_head_stays before insert or delete on audit_head
        for each row execute function refuse_audit_change()`,
    sql`create trigger audit_head_no_truncate before truncate on audit_head
        for each statement execute function refuse_audit_change()`,
    sql`revoke update, delete, truncate on audit_events from current_user`,
  ]) {
    await statement.execute(transaction);
  }
}
