// Figures of drop-ins as both sides know them: counts of four weeks that are over, nobody in them, small groups left out.
import * as v from 'valibot';
import type { TopicView } from './office-hours.ts';
import type { CommunityLanguage } from './text/languages.ts';

/** Groups smaller than this are not shown. */
export const SMALLEST_GROUP = 5;
/** Upper ends of the spans of waiting, in minutes; the last span is open. */
export const WAIT_SPANS = [2, 5, 10, 15, 20, 30, 45, 60, 90] as const;
export const BLOCK_WEEKS = 4;

/** `of`: her own drop-ins, or everybody's; `from`: the first day of four weeks. Anything else in an address counts as not chosen. */
export const figuresSchema = v.object({
  of: v.fallback(v.nullable(v.picklist(['own', 'all'])), null),
  from: v.fallback(v.nullable(v.pipe(v.string(), v.isoDate())), null),
});

/** Minutes; `to` is null in the last span. */
export interface WaitView {
  from: number;
  to: number | null;
}
/** null: too few to be shown. */
export interface CountsView {
  talks: number | null;
  notFound: number | null;
  left: number | null;
  unserved: number | null;
  /** null: too few, or nobody waited. */
  wait: WaitView | null;
}
export interface WeekFiguresView extends CountsView {
  /** Its Monday, yyyy-mm-dd. */
  from: string;
}
export interface FiguresView {
  of: 'own' | 'all';
  /** Whether she may see everybody's too. */
  mayAll: boolean;
  /** First and last day of the four weeks. */
  from: string;
  to: string;
  earlier: string | null;
  later: string | null;
  /** When the next four weeks are over. */
  next: string;
  total: CountsView;
  /** Up to twelve weeks, the last four are these. */
  weeks: WeekFiguresView[];
  /** Most first; a talk counts for every language that she chose. */
  languages: { language: CommunityLanguage; talks: number | null }[];
  topics: { topic: TopicView; talks: number | null }[];
}
