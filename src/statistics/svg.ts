/* A table as a picture (SVG), for people who see it and for people who hear it. */

import type { Language } from '../domain/basics/language';
import { chartOf } from './chart';
import { headOf } from './chartWords';
import { linesOf } from './grid';
import type { StatisticView } from './view';

/** The chart of a table. The library is large, so it is loaded by the first chart. */
export async function svgOf(view: StatisticView, language: Language): Promise<string> {
  const { init } = await import('echarts');
  const { option, width, height } = chartOf(view, language);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return described(chart.renderToSVGString({ useViewBox: true }), { width, height }, view, language);
  } finally {
    chart.dispose();
  }
}

/** The picture with its name and with the whole table in words, which a screen reader reads out. */
function described(svg: string, { width, height }: { width: number; height: number }, view: StatisticView, language: Language): string {
  const words = linesOf(view, language).join(' ');
  const [, , content = ''] = /^(<svg[^>]*>)([^]*)$/.exec(svg) ?? [];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title words" lang="${language}">\n` +
    `<title id="title">${escaped(headOf(view, language).title)}</title>\n<desc id="words">${escaped(`${view.counts} ${words}`)}</desc>\n${plain(content)}`
  );
}

/** A picture without styles and scripts, and without what the library adds for a page: our answers forbid each (Content-Security-Policy). */
function plain(content: string): string {
  return (
    content
      .replaceAll(/<style\b[^]*?<\/style>\s*/g, '')
      .replaceAll(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')
      // The library numbers its charts. The same table is the same picture.
      .replaceAll(/\bzr\d+-/g, 'chart-')
      .replaceAll(/ style="([^"]*)"/g, (_, style: string) =>
        style
          .split(';')
          .map((each) => each.split(':'))
          .map(([name = '', value]) => (value === undefined ? '' : ` ${name.trim()}="${value.trim()}"`))
          .join(''),
      )
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
