export interface BuildRules {
  readonly forms: { readonly reads: readonly number[]; readonly writes: number };
}
export const rules: BuildRules = { forms: { reads: [1], writes: 1 } };
