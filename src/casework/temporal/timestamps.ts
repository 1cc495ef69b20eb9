/** A time as the engine writes it, in milliseconds since 1970; zero where it wrote none. */
export function milliseconds(time: { readonly seconds?: unknown; readonly nanos?: number | null } | null | undefined): number {
  return Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1_000_000;
}
