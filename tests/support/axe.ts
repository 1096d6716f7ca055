// What axe finds on a page, past the page's security policy. End-to-end tests only.
import axe from 'axe-core';
import type { Page } from 'playwright';

interface Violation {
  id: string;
  impact: string;
  nodes: { target: unknown; failureSummary?: string }[];
}

async function run(page: Page): Promise<Violation[]> {
  const session = await page.context().newCDPSession(page);
  const expression = `${axe.source}; axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations))`;
  const { result } = await session.send('Runtime.evaluate', { expression, awaitPromise: true });
  await session.detach();
  return JSON.parse(String(result.value)) as Violation[];
}
const inWords = ({ id, nodes }: Violation): string =>
  `${id}: ${nodes.map(({ target, failureSummary = '' }) => `${String(target)} ${failureSummary}`).join('; ')}`;

/** Everything. */
export const violationsIn = async (page: Page): Promise<string[]> => (await run(page)).map(inWords);
/** What axe calls serious or critical. */
export const seriousIn = async (page: Page): Promise<string[]> =>
  (await run(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical').map(inWords);
