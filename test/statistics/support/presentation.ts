import { join } from 'node:path';

const source = '"as in the presentation, not official"';

/** The table that is published today, as a file to import and as lines of a sheet. */
export const presentation = {
  file: join(__dirname, 'nationalities.csv'),
  en: [
    ...['2010,1,Netherlands,315', '2010,2,Nigeria,130', '2010,3,Hungary,56', '2010,4,Romania,49', '2010,5,Bulgaria,46'],
    ...['2010,6,Slovakia,39', '2010,7,Sierra Leone,36', '2010,8,Guinea,26', '2010,9,China,23', '2010,10,Ghana,21'],
    ...['2011,1,Netherlands,337', '2011,2,Nigeria,134', '2011,3,Hungary,120', '2011,4,Poland,104', '2011,5,Bulgaria,73'],
    ...['2011,6,Sierra Leone,62', '2011,7,Guinea,58', '2011,8,China / Romania,40', '2011,9,Angola,19', '2011,10,Uganda,14'],
    ...['2012,1,Netherlands,428', '2012,2,Bulgaria,303', '2012,3,Hungary,217', '2012,4,Romania,129', '2012,5,Nigeria,95'],
    ...['2012,6,Poland,67', '2012,7,Sierra Leone,60', '2012,8,Guinea,47', '2012,9,North Macedonia,27', '2012,10,China,21'],
  ].map((line) => `${line},${source}`),
};
