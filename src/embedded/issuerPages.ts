import { asText, page } from '../login/page';
import type { TokenHolder } from './tokenHolder';

/** A page on which everybody may choose one of the invented staff. */
export function choicePage(staff: readonly TokenHolder[]): string {
  const offices = [...new Set(staff.map(({ office }) => office))];
  const fieldsets = offices.map((office) => {
    const buttons = staff.filter((holder) => holder.office === office).map(buttonFor);
    return `<fieldset><legend>${asText(office ?? 'the whole country')}</legend>${buttons.join('')}</fieldset>`;
  });
  return page('Who are you?', `<p>Everybody here is invented.</p><form method="post">${fieldsets.join('')}</form>`);
}

function buttonFor({ id, roles, partner }: TokenHolder): string {
  const rights = [...roles, ...(partner === undefined ? [] : [partner])].join(', ');
  return `<button name="id" value="${asText(id)}">${asText(id)} (${asText(rights)})</button>`;
}

/** A page that asks whether to log out. The button sends the form of the package. */
export function logoutPage(form: string): string {
  return page('Log out?', `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Log out</button>`);
}
