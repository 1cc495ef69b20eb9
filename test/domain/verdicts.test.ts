import { aCase } from '../support/aCase';

describe('the age of the person', () => {
  const minor = { ageGroup: 'minor', unaccompanied: true } as const;

  it('assessed twice does not end the guardian of an unaccompanied minor', () => {
    const given = aCase({ person: minor }).told('police', '2027-09-02', 'ageAssessed', { ageGroup: 'adult' });
    given.told('police', '2027-09-03', 'ageAssessed', { ageGroup: 'minor' });
    expect(given.refusal('police', '2027-09-03', 'reflectionDeclined', { confirmed: true })?.missing).toEqual(['guardian']);
  });

  it('is that of the latest date, in whatever order it was recorded, and so is the eligibility', () => {
    const given = aCase().told('police', '2027-09-04', 'ageAssessed', { ageGroup: 'minor', unaccompanied: true });
    given.told('police', '2027-09-05', 'ageAssessed', { ageGroup: 'adult', on: '2027-09-03' });
    expect(given.situation).toMatchObject({ minor: true, unaccompanied: true });
    given.told('ind', '2027-09-06', 'eligibilityDecided', { eligible: false, ground: 'euCitizen' });
    given.told('ind', '2027-09-07', 'eligibilityDecided', { eligible: true, ground: 'noLawfulResidence', on: '2027-09-05' });
    expect(given.situation).toMatchObject({ stage: 'assistance', ground: 'euCitizen', eligible: false });
  });
});
