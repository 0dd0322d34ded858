/** Whether an object or one of its prototypes carries this mark. */
export function isMarked(value: unknown, mark: symbol): boolean {
  return typeof value === "object" && value !== null && mark in value;
}
