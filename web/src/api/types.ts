// The words of the API, 1:1 with internal/httpapi/types.go.

/** The same text in Kazakh, Russian and English. */
export type Text = Partial<Record<string, string>>;

/** Figure is one statement of a number in JSON. Money is in units of the currency with at most two places. */
export interface Figure {
  id: string;
  measure: string;
  place: string;
  period: string | null;
  period_start: string | null;
  period_end: string | null;
  kind: string;
  value: number | null;
  qualifier: string;
  unit: string;
  status: string;
  dimensions: Record<string, string>;
  interval: Interval | null;
  numerator: number | null;
  denominator: number | null;
  source: string;
  document: string | null;
  line: number | null;
  from: number | null;
  to: number | null;
  published_at: string | null;
  recorded_at: string | null;
  run: string;
  supersedes: string | null;
  superseded_by: string | null;
  undated: boolean;
  synthetic: boolean;
  note: Text;
}

/** Interval is an interval around an estimate or a rate. */
export interface Interval {
  lower: number;
  upper: number;
  confidence: number | null;
}

/** Quantity is a value as it was stated. */
export interface Quantity {
  value: number | null;
  qualifier: string;
  figure: string;
}

/** Delivered is how much of a promise is documented. */
export interface Delivered {
  value: number | null;
  qualifier: string;
  as_of: string | null;
  figure: string;
}

/** Promise is a board item. */
export interface Promise {
  id: string;
  kind: string;
  theme: string;
  title: Text;
  place: string;
  settlement?: string;
  dimensions: Record<string, string>;
  measure: string;
  unit: string;
  noun?: string;
  period: string | null;
  period_inferred: boolean;
  deadline: string | null;
  first_deadline: string | null;
  target: Quantity;
  delivered: Delivered | null;
  progress: Delivered | null;
  due: string;
  evidence: string;
  broken: boolean;
  withdrawn: boolean;
  ask: boolean;
  days_overdue: number | null;
  days_left: number | null;
  said_by: string | null;
  answers_for_it: string | null;
  last_word: string | null;
  part_of: string | null;
  document: string | null;
  line: number | null;
  figure: string;
  undated: boolean;
}

/** Total is what was promised and delivered in a theme. */
export interface Total {
  theme: string;
  unit: string;
  promised: Quantity | null;
  delivered: Quantity | null;
  promises: number;
  by_due: Record<string, number>;
  by_evidence: Record<string, number>;
  overlap: string[];
}

/** Claim is a change that somebody printed. */
export interface Claim {
  id: string;
  title: Text;
  place: string;
  measure: string;
  kind: string;
  value: number | null;
  qualifier: string;
  unit: string;
  period: string | null;
  document: string | null;
  line: number | null;
  figure: string;
  confirmed: boolean;
  question: string | null;
}

/** MoneyRow is a line of the money block. */
export interface MoneyRow {
  what: string;
  statement: string;
  label: Text;
  value: number | null;
  qualifier: string;
  unit: string;
  figure: string | null;
}

/** Deadline is a day and what falls due on it. */
export interface Deadline {
  deadline: string;
  promises: string[];
}

/** Sections lists promises by what the reader should do. */
export interface Sections {
  ask_today: string[];
  no_date: string[];
  due_next: string[];
  money: MoneyRow[];
}

/** Priority is a region to be served first. */
export interface Priority {
  place: string;
  has: boolean;
}

/** Board is the first page. */
export interface Board {
  as_of: string;
  sentence: Text;
  totals: Total[];
  promises: Promise[];
  claims: Claim[];
  sections: Sections;
  priority: Priority[];
  timeline: Deadline[];
  next_deadline: string | null;
  days_left: number | null;
  last_word: string | null;
  days_since_last_word: number | null;
  undated_documents: string[];
  open_questions: number;
  about_tolerance: number;
}

/** Said is where a figure was said. */
export interface Said {
  document: string;
  line: number | null;
  from: number | null;
  to: number | null;
  publisher: Text;
  title: Text;
  date: string | null;
  address: string | null;
  text: string | null;
}

/** Computed is how a figure was computed. */
export interface Computed {
  method: string;
  version: number;
  params?: Record<string, string>;
  inputs: Why[];
}

/** Why is where a figure comes from and what else bears on it. */
export interface Why {
  figure: Figure;
  statement: string | null;
  title: Text;
  said: Said | null;
  computed: Computed | null;
  others: Figure[];
  promises: Promise[];
  questions: Check[];
}

/** Difference is what does not add up. */
export interface Difference {
  value: number;
  unit: string;
}

/** Check is one evaluation of a rule. */
export interface Check {
  id: string;
  rule: string;
  type: string;
  state: string;
  figures: string[];
  promises: string[];
  difference: Difference | null;
  title: Text;
  text: Text;
  answers: Answer[];
}

/** Answer is the word of an office. */
export interface Answer {
  office: string;
  text: Text;
  on: string | null;
}

/** Move is a change of a promise. */
export interface Move {
  at: string | null;
  field: string;
  from: string | null;
  to: string;
  document: string | null;
  line: number | null;
  figure: string | null;
  reason?: string;
}

/** EvidenceItem is a figure attached to a promise. */
export interface EvidenceItem {
  relation: string;
  title: Text;
  note: Text;
  figure: Figure;
}

/** Event is an entry of the history of a promise. */
export interface Event {
  at: string | null;
  what: Text;
  figure: string | null;
}

/** PromisePage is all that is known of a promise. */
export interface PromisePage {
  promise: Promise;
  statement: Figure;
  said: Said | null;
  moves: Move[];
  answers: Answer[];
  evidence: EvidenceItem[];
  parts: Promise[];
  whole: Promise | null;
  questions: Check[];
  history: Event[];
}

/** Place is a territory or settlement. */
export interface Place {
  code: string;
  kind: string;
  parent: string | null;
  name: Text;
  short: Text;
  lat: number | null;
  lon: number | null;
  valid_from: string | null;
  valid_to: string | null;
}

/** ChildPlace is a place below another. */
export interface ChildPlace {
  place: Place;
  promises: number;
  overdue: number;
}

/** SeriesOut is a row of figures of one source. */
export interface SeriesOut {
  source: string;
  kind: string;
  unit: string;
  dimensions: Record<string, string>;
  points: Figure[];
}

/** MeasureSeries is a measure in a place, by source. */
export interface MeasureSeries {
  measure: string;
  series: SeriesOut[];
}

/** Facility is a health organisation that a document names. */
export interface Facility {
  code: string;
  name: Text;
  kind: string;
  status: string;
  place: string;
  source: string;
  beds: number | null;
}

/** CapacityItem is what a facility can do. */
export interface CapacityItem {
  facility: string;
  item: string;
  service: string;
  age: string;
  count: number | null;
  status: string;
  from: string | null;
  to: string | null;
  source: string;
}

/** BorderEvent is a change of borders. */
export interface BorderEvent {
  on: string;
  kind: string;
  from: string;
  to: string;
  weight: number;
  source: string;
}

/** PlacePage is all that is known of a place. */
export interface PlacePage {
  place: Place;
  path: Place[];
  children: ChildPlace[];
  promises: Promise[];
  statistics: MeasureSeries[];
  facilities: Facility[];
  capacity: CapacityItem[];
  events: BorderEvent[];
}

/** MapUnit is the headline figure of one territory. */
export interface MapUnit {
  place: string;
  figure: Figure | null;
  others: number;
}

/** Map is a measure over the territories. */
export interface Map {
  measure: string;
  period: string | null;
  periods: string[];
  units: MapUnit[];
}

/** Document is something published. */
export interface Document {
  name: string;
  kind: string;
  publisher: Text;
  title: Text;
  published_at: string | null;
  published_as?: string;
  language: string;
  licence: string;
  address: string | null;
  sha256: string;
  lines: number | null;
  imported: boolean;
  figures: number;
}

/** TextSpan is a stretch of a line that a figure points to. */
export interface TextSpan {
  from: number;
  to: number;
  figure: string;
  statement: string | null;
  role: string;
}

/** TextLine is a line of a document. */
export interface TextLine {
  line: number;
  text: string | null;
  spans: TextSpan[];
}

/** Unread is a stretch of text with a number that no figure points to. */
export interface Unread {
  line: number;
  from: number;
  to: number;
}

/** DocumentPage is a document figure by figure. */
export interface DocumentPage {
  document: Document;
  lines: TextLine[];
  figures: Figure[];
  unread: Unread[];
}

/** Hit is a result of a search. */
export interface Hit {
  type: string;
  id: string;
  title: Text;
  place: string | null;
  score: number;
}

/** MeasureOut describes a measure. */
export interface MeasureOut {
  code: string;
  version: number;
  theme: string;
  unit: string;
  noun?: string;
  polarity: string;
  delivered_by: string | null;
  headline: string;
  name: Text;
  definition: Text;
  series: number;
}

/** UnitOut describes a unit with its plural forms by language. */
export interface UnitOut {
  kind: string;
  name: Text;
  forms: Record<string, Record<string, string>>;
}

/** LabelOut names a dimension and its values. */
export interface LabelOut {
  name: Text;
  values: Record<string, Text>;
}

/** OfficeOut is who says things and answers for them. */
export interface OfficeOut {
  name: Text;
  place: string;
  kind: string;
}

/** RuleOut describes a rule. */
export interface RuleOut {
  code: string;
  type: string;
  title: Text;
}

/** Vocabulary is what a page needs to name things. */
export interface Vocabulary {
  country: Country;
  languages: string[];
  themes: Record<string, Text>;
  measures: MeasureOut[];
  units: Record<string, UnitOut>;
  dimensions: Record<string, LabelOut>;
  places: Place[];
  offices: Record<string, OfficeOut>;
  documents: Document[];
  rules: RuleOut[];
}

/** ParameterOut is a number on which judgements rest. */
export interface ParameterOut {
  code: string;
  value: string;
  unit: string;
  source: string;
  text: Text;
}

/** AssumedShare tells how much of a page rests on assumptions. */
export interface AssumedShare {
  page: string;
  share: number;
  what: Text;
}

/** NoticeOut is an attribution. */
export interface NoticeOut {
  name: string;
  licence: string;
  text: Text;
}

/** About tells where the data come from. */
export interface About {
  version: string;
  sources: Document[];
  parameters: ParameterOut[];
  assumed: AssumedShare[];
  notices: NoticeOut[];
  synthetic: boolean;
  database: string;
}

/** FigureList is a page of figures. */
export interface FigureList {
  items: Figure[];
  next: string | null;
  total: number | null;
}

/** List is a page of anything else. */
export interface List<T> {
  items: T[];
  next: string | null;
}

/** SeriesList is the answer to a question for a chart. */
export interface SeriesList {
  measure: string;
  place: string;
  series: SeriesOut[];
}

/** Entry is what an editor records from a marked sentence. */
export interface Entry {
  act: string;
  document: string;
  line: number;
  from: number;
  to: number;
  measure?: string;
  place?: string;
  dimensions?: string;
  period?: string;
  value?: string;
  qualifier?: string;
  unit?: string;
  deadline?: string;
  promise?: string;
  part_of?: string;
  title?: Text;
  reason?: string;
}

/** Entered is what an entry became. */
export interface Entered {
  figure: string | null;
  promise: string | null;
  run: string;
}

/** Session tells what the one who asks may do here. */
export interface Session {
  administrator: boolean;
  version: string;
  database: string;
  today: string;
}

/** TextReceipt tells what became of the text of a document. */
export interface TextReceipt {
  document: string;
  sha256: string;
  encoding: string;
  lines: number;
  known: boolean;
  same: boolean;
  spans: number;
  misses: Miss[];
  notices: string[];
  run: string | null;
}

/** Miss is a figure whose words do not stand where it points. */
export interface Miss {
  figure: string;
  line: number;
  from: number;
  to: number;
  why: string;
}

/** The country of the pack. */
export interface Country {
  code: string;
  name: Text;
  currency: { code: string; digits: number; symbol: string };
  default_language: string;
}

/** An error as RFC 9457 has it. */
export interface Problem {
  status: number;
  code?: string;
  title?: string;
  detail?: string;
}
