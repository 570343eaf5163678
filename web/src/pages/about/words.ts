import { define } from "../../i18n/define.ts";

export const aboutWords = define({
  title: ["Деректер туралы", "О данных", "About the data"],
  lead: [
    "Мұндағы әр сан — біреудің айтқаны немесе айтылғандардан есептелгені. Дереккөзі, күні мен лицензиясы жоқ сан көрсетілмейді.",
    "Каждое число здесь кем-то сказано или вычислено из сказанного. Число без источника, даты и лицензии не показывается.",
    "Every number here was said by somebody or computed from what was said. A figure without source, date and licence is not shown.",
  ],
  rules: ["Қалай оқу керек", "Как это читать", "How to read it"],
  rule1: [
    "Санның астындағы нүктелі сызық — ол айтылған құжатқа жол. Басыңыз: кім, қашан, қай жолда айтқаны шығады.",
    "Пунктир под числом ведёт к тому, кто его назвал. Нажмите: появятся автор, дата и строка документа.",
    "The dotted line under a number leads to who said it. Click, and you see the author, the date and the line of the document.",
  ],
  rule2: [
    "Екі дереккөз екі сан айтса, екеуі де сақталады; қайсысы басты екенін көрсеткіштің ережесі шешеді, екіншісі бір басқанда ашылады.",
    "Если два источника называют два числа, хранятся оба; главное выбирает правило показателя, второе открывается одним нажатием.",
    "Where two sources give two figures, both are kept; a rule of the measure picks the headline and the other is one click away.",
  ],
  rule3: [
    "Жүз пайыз салынған ғимарат — бөлімше емес. «Ашылды» деген: қабылданды, лицензия алды, жабдықталды, маманы бар, алғашқы пациент келді.",
    "Здание, готовое на сто процентов, ещё не отделение. «Открыто» значит: принято, лицензировано, оснащено, укомплектовано, принят первый пациент.",
    "A building at 100 per cent is not a department. Open means accepted, licensed, equipped, staffed, first patient.",
  ],
  rule4: [
    "«Белгісіз» деген нөл емес: ешкім ештеңе айтпаған. Штрихталған жолақ осыны білдіреді.",
    "«Неизвестно» не значит ноль: никто ничего не сказал. Это и означает штриховка.",
    "Unknown is not zero: nobody has said anything. That is what the hatching means.",
  ],
  rule5: [
    "Жоғарыдағы күнді өзгертсеңіз, сол күнге дейін жарияланған құжаттармен қандай көрініс болғанын көресіз.",
    "Измените дату вверху, и вы увидите картину по документам, опубликованным к тому дню.",
    "Change the date above to see the picture that the documents published by that day gave.",
  ],
  assumed: ["Болжамға сүйенген үлес", "Доля, основанная на допущениях", "How much rests on assumptions"],
  assumedHint: ["Тақта бойынша", "По доске", "Of the board"],
  parameters: ["Параметрлер", "Параметры", "Parameters"],
  parametersHint: ["Бағалау осы сандарға сүйенеді", "На них опираются оценки", "Judgements rest on these numbers"],
  what: ["Нені білдіреді", "Что означает", "What it is"],
  assumption: ["болжам", "допущение", "assumption"],
  documents: ["Бағдарлама құжаттары", "Документы программы", "Documents of the programme"],
  documentsHint: ["Жол-жолымен оқылған", "Прочитаны построчно", "Read line by line"],
  references: ["Басқа дереккөздер", "Другие источники", "Other sources"],
  referencesHint: ["Жарияланған статистика мен хабарламалар", "Опубликованная статистика и сообщения", "Published statistics and notices"],
  publisher: ["Жариялаушы", "Издатель", "Publisher"],
  licence: ["Лицензия", "Лицензия", "Licence"],
  licenceUnknown: ["жазылмаған", "не записана", "not recorded"],
  figures: ["Сандар", "Чисел", "Figures"],
  notices: ["Лицензия талап ететін сілтемелер", "Указания, которых требуют лицензии", "Attributions"],
  synthetic: ["Бұл дерекқорда жасанды деректер бар. Олар әр жерде белгіленген.", "В этой базе есть синтетические данные. Они везде помечены.", "This database holds synthetic data. They are marked wherever they appear."],
  running: ["Бағдарлама нұсқасы: {version}. Дерекқор: {database}.", "Версия программы: {version}. База: {database}.", "Program version {version}, database {database}."],
} as const);
