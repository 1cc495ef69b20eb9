/** The tasks of help that are planned once, when a person first leaves intake (docs/policy.md, rule 1). */
export const helpTasks: readonly string[] = [
  'safety-plan',
  'contact-person',
  'lawyer-offered',
  'medical-examination-tb',
  'care-plan',
  'correspondence-address',
  'legal-information',
  'options-talk',
];
