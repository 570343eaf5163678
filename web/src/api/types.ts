// The words of the API by their names. schema.ts is generated from the
// description that the server commits: `npm run types` makes it anew.
import type { components } from "./schema.ts";

type Schemas = components["schemas"];

/** The same text in Kazakh, Russian and English. */
export type Text = Partial<Record<string, string>>;

/** The country of the pack, as far as the pages need it. */
export interface Country {
  code: string;
  name: Text;
  currency: { code: string; digits: number; symbol: string };
  default_language: string;
}

/** A page of a list. */
export interface List<T> {
  items: T[];
  next: string | null;
}

export type About = Schemas["About"];
export type Answer = Schemas["Answer"];
export type AnswerMeasure = Schemas["AnswerMeasure"];
export type Asked = Schemas["Asked"];
export type Asking = Schemas["Asking"];
export type AskPage = Schemas["AskPage"];
export type Board = Schemas["Board"];
export type Check = Schemas["Check"];
export type Comment = Schemas["Comment"];
export type Deadline = Schemas["Deadline"];
export type Document = Schemas["Document"];
export type DocumentPage = Schemas["DocumentPage"];
export type Entered = Schemas["Entered"];
export type Entry = Schemas["Entry"];
export type EvidenceItem = Schemas["EvidenceItem"];
export type FileInfo = Schemas["File"];
export type Figure = Schemas["Figure"];
export type FigureList = Schemas["FigureList"];
export type Hit = Schemas["Hit"];
export type Map = Schemas["Map"];
export type MapUnit = Schemas["MapUnit"];
export type MeasureOut = Schemas["MeasureOut"];
export type MeasureSeries = Schemas["MeasureSeries"];
export type MoneyRow = Schemas["MoneyRow"];
export type Move = Schemas["Move"];
export type OfficeOut = Schemas["OfficeOut"];
export type Place = Schemas["Place"];
export type PlacePage = Schemas["PlacePage"];
export type Promise = Schemas["Promise"];
export type PromisePage = Schemas["PromisePage"];
export type SeriesList = Schemas["SeriesList"];
export type SeriesOut = Schemas["SeriesOut"];
export type Session = Schemas["Session"];
export type TextLine = Schemas["TextLine"];
export type TextReceipt = Schemas["TextReceipt"];
export type Total = Schemas["Total"];
export type Unread = Schemas["Unread"];
export type Submission = Schemas["Submission"];
export type Vocabulary = Omit<Schemas["Vocabulary"], "country"> & { country: Country };
export type Why = Schemas["Why"];

export type ChangedPromise = Schemas["ChangedPromise"];
export type FigureChange = Schemas["FigureChange"];
export type Release = Schemas["Release"];
export type Revision = Schemas["Revision"];
export type Run = Schemas["Run"];
export type SubmissionChange = Schemas["SubmissionChange"];
export type SubmissionList = Schemas["SubmissionList"];
export type SubmissionResult = Schemas["SubmissionResult"];
export type SubmissionResults = Schemas["SubmissionResults"];
export type SubmissionRow = Schemas["SubmissionRow"];
export type Account = Schemas["Account"];
export type AccountLink = Schemas["AccountLink"];
export type AccountToken = Schemas["AccountToken"];
export type Grant = Schemas["Grant"];
export type MadeToken = Schemas["MadeToken"];
export type NewFactor = Schemas["NewFactor"];
export type OpenedLink = Schemas["OpenedLink"];
export type OpenSession = Schemas["OpenSession"];
export type OwnAccount = Schemas["OwnAccount"];
export type Passkey = Schemas["Passkey"];
export type PasskeyQuestion = Schemas["PasskeyQuestion"];
export type RecoveryCodes = Schemas["RecoveryCodes"];
export type Rights = Schemas["Rights"];
export type SignedIn = Schemas["SignedIn"];

export type Import = Schemas["Import"];
export type ImportColumn = Schemas["ImportColumn"];
export type ImportMapping = Schemas["ImportMapping"];
export type ImportProblem = Schemas["ImportProblem"];
export type ImportProblems = Schemas["ImportProblems"];

/** An error as RFC 9457 has it; a proxy on the way may say less than the server. */
export type Problem = Partial<Schemas["Problem"]> & { status: number };
export type Completeness = Schemas["Completeness"];
export type CompleteCell = Schemas["CompleteCell"];
export type CompleteCount = Schemas["CompleteCount"];
export type CompleteRow = Schemas["CompleteRow"];
export type FormDraft = Schemas["FormDraft"];
export type FormKnown = Schemas["FormKnown"];
export type FormProblem = Schemas["FormProblem"];
export type FormRow = Schemas["FormRow"];
export type FormValue = Schemas["FormValue"];
export type Report = Schemas["Report"];
export type ReportForm = Schemas["ReportForm"];
export type ReportList = Schemas["ReportList"];
export type Template = Schemas["Template"];
export type TemplateList = Schemas["TemplateList"];
export type TemplateRow = Schemas["TemplateRow"];
export type TemplateCheck = Schemas["TemplateCheck"];
export type TemplateVersions = Schemas["TemplateVersions"];

export type JournalEntry = Schemas["JournalEntry"];
export type JournalPage = Schemas["JournalPage"];
export type JournalState = Schemas["JournalState"];
export type DeliveryList = Schemas["ListDelivery"];
export type LetterSettings = Schemas["LetterSettings"];
export type Notification = Schemas["Notification"];
export type NotificationList = Schemas["NotificationList"];
export type Webhook = Schemas["Webhook"];
export type WebhookInput = Omit<Schemas["NewWebhook"], "id">;
export type WebhookList = Schemas["WebhookList"];
export type WebhookSecret = Schemas["WebhookSecret"];
