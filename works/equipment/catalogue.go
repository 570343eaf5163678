package equipment

import "github.com/shanyraq/shanyraq/lang"

// The groups of the catalogue.
var groups = []string{"imaging", "ultrasound", "nuclear", "intensive", "surgery", "endoscopy", "functional", "laboratory", "dialysis", "maternal", "rehabilitation", "sterilisation", "ward"}

var groupNames = map[string]lang.Text{
	"imaging":        {lang.KK: "Медициналық бейнелеу", lang.RU: "Медицинская визуализация", lang.EN: "Imaging"},
	"ultrasound":     {lang.KK: "Ультрадыбыс", lang.RU: "Ультразвук", lang.EN: "Ultrasound"},
	"nuclear":        {lang.KK: "Ядролық медицина және сәулелік терапия", lang.RU: "Ядерная медицина и лучевая терапия", lang.EN: "Nuclear medicine and radiotherapy"},
	"intensive":      {lang.KK: "Анестезиология және реанимация", lang.RU: "Анестезиология и реанимация", lang.EN: "Anaesthesia and intensive care"},
	"surgery":        {lang.KK: "Хирургия", lang.RU: "Хирургия", lang.EN: "Surgery"},
	"endoscopy":      {lang.KK: "Эндоскопия", lang.RU: "Эндоскопия", lang.EN: "Endoscopy"},
	"functional":     {lang.KK: "Функционалдық диагностика", lang.RU: "Функциональная диагностика", lang.EN: "Functional diagnostics"},
	"laboratory":     {lang.KK: "Зертхана", lang.RU: "Лаборатория", lang.EN: "Laboratory"},
	"dialysis":       {lang.KK: "Диализ және қан", lang.RU: "Диализ и кровь", lang.EN: "Dialysis and blood"},
	"maternal":       {lang.KK: "Перзентхана және неонатология", lang.RU: "Родовспоможение и неонатология", lang.EN: "Maternity and neonatology"},
	"rehabilitation": {lang.KK: "Физиотерапия және оңалту", lang.RU: "Физиотерапия и реабилитация", lang.EN: "Physiotherapy and rehabilitation"},
	"sterilisation":  {lang.KK: "Стерилизация және орта", lang.RU: "Стерилизация и среда", lang.EN: "Sterilisation and environment"},
	"ward":           {lang.KK: "Палата және амбулатория", lang.RU: "Палата и амбулатория", lang.EN: "Ward and outpatient care"},
}

var byCode = func() map[string]int {
	m := make(map[string]int, len(catalogue))
	for i := range catalogue {
		m[catalogue[i].Code] = i
	}
	return m
}()

func every(maintenance, calibration, verification, safety int) map[ServiceKind]int {
	out := map[ServiceKind]int{}
	for k, months := range map[ServiceKind]int{Maintenance: maintenance, Calibration: calibration, Verification: verification, SafetyTest: safety} {
		if months > 0 {
			out[k] = months
		}
	}
	return out
}

func named(kk, ru, en string) lang.Text { return lang.Text{lang.KK: kk, lang.RU: ru, lang.EN: en} }

// catalogue is our own list of the devices that hospitals of the documents need:
// CT, MRI, angiographs, ultrasound, laboratory, intensive care, X-ray,
// physiotherapy, surgery, endoscopy, dialysis, PET/CT and what goes with them.
// Life in years and intervals in months (maintenance, calibration, verification,
// safety) are assumptions of ours, round numbers to begin with: the papers of the
// maker and the rules of the country replace them on each asset.
var catalogue = []Item{
	{"ct", "imaging", "Z110306", "Computed tomography scanner", named("Компьютерлік томограф (КТ)", "Компьютерный томограф (КТ)", "CT scanner"), 10, every(6, 12, 0, 12)},
	{"ct-high", "imaging", "Z11030604", "Computed tomography scanner, 64 slices or more", named("64 және одан көп кесінділі КТ", "КТ на 64 среза и более", "CT scanner, 64 slices or more"), 10, every(6, 12, 0, 12)},
	{"mri", "imaging", "Z110501", "Magnetic resonance imaging system", named("Магниттік-резонанстық томограф (МРТ)", "Магнитно-резонансный томограф (МРТ)", "MRI scanner"), 10, every(6, 12, 0, 12)},
	{"angiograph", "imaging", "Z11030102", "Angiography system, fixed", named("Стационарлық ангиограф", "Ангиограф стационарный", "Angiography system"), 10, every(6, 12, 0, 12)},
	{"angiograph-biplane", "imaging", "Z11030103", "Angiography system, biplane", named("Екі проекциялы ангиограф", "Ангиограф двухпроекционный", "Biplane angiography system"), 10, every(6, 12, 0, 12)},
	{"x-ray-digital", "imaging", "", "Digital radiography system, fixed", named("Сандық рентген аппараты", "Цифровой рентгеновский аппарат", "Digital X-ray system"), 10, every(6, 12, 0, 12)},
	{"x-ray-mobile", "imaging", "", "Mobile X-ray system", named("Жылжымалы палаталық рентген аппараты", "Передвижной палатный рентгеновский аппарат", "Mobile X-ray system"), 10, every(6, 12, 0, 12)},
	{"fluoroscopy", "imaging", "", "Fluoroscopy system", named("Рентгендік телебасқарылатын кешен", "Рентгеновский телеуправляемый комплекс", "Fluoroscopy system"), 10, every(6, 12, 0, 12)},
	{"fluorograph", "imaging", "", "Chest X-ray screening system", named("Сандық флюорограф", "Цифровой флюорограф", "Digital chest screening unit"), 10, every(6, 12, 0, 12)},
	{"c-arm", "imaging", "", "Mobile C-arm X-ray system", named("С-доғалы хирургиялық рентген аппараты", "Рентгенохирургический аппарат типа С-дуга", "Mobile C-arm"), 10, every(6, 12, 0, 12)},
	{"mammograph", "imaging", "Z11030202", "Mammography system, digital", named("Сандық маммограф", "Цифровой маммограф", "Digital mammograph"), 10, every(6, 12, 0, 12)},
	{"densitometer", "imaging", "", "Bone densitometer", named("Рентгендік денситометр", "Рентгеновский денситометр", "Bone densitometer"), 10, every(12, 12, 0, 12)},
	{"dental-x-ray", "imaging", "", "Dental X-ray unit", named("Стоматологиялық рентген аппараты", "Дентальный рентгеновский аппарат", "Dental X-ray unit"), 10, every(12, 12, 0, 12)},
	{"injector-contrast", "imaging", "", "Contrast media injector", named("Контраст зат инжекторы", "Инжектор контрастного вещества", "Contrast injector"), 8, every(12, 12, 0, 0)},
	{"pacs", "imaging", "", "Picture archiving and communication system", named("Медициналық бейнелер мұрағаты (PACS)", "Архив медицинских изображений (PACS)", "Image archive (PACS)"), 7, every(12, 0, 0, 0)},
	{"us-general", "ultrasound", "Z11040104", "Ultrasound scanner, general purpose", named("Әмбебап ультрадыбыстық аппарат", "Ультразвуковой аппарат универсальный", "General-purpose ultrasound scanner"), 7, every(12, 0, 0, 12)},
	{"us-cardiac", "ultrasound", "Z11040102", "Ultrasound scanner, cardiac", named("Кардиологиялық ультрадыбыстық аппарат", "Ультразвуковой аппарат кардиологический", "Cardiac ultrasound scanner"), 7, every(12, 0, 0, 12)},
	{"us-obstetric", "ultrasound", "Z11040105", "Ultrasound scanner, obstetric", named("Акушерлік ультрадыбыстық аппарат", "Ультразвуковой аппарат акушерский", "Obstetric ultrasound scanner"), 7, every(12, 0, 0, 12)},
	{"us-portable", "ultrasound", "Z11040103", "Ultrasound scanner, portable", named("Портативті ультрадыбыстық аппарат", "Ультразвуковой аппарат портативный", "Portable ultrasound scanner"), 7, every(12, 0, 0, 12)},
	{"pet-ct", "nuclear", "Z11020301", "PET/CT system", named("ПЭТ/КТ", "ПЭТ/КТ", "PET/CT system"), 10, every(3, 6, 0, 12)},
	{"spect-ct", "nuclear", "Z11020201", "SPECT/CT system", named("ОФЭКТ/КТ", "ОФЭКТ/КТ", "SPECT/CT system"), 10, every(3, 6, 0, 12)},
	{"cyclotron", "nuclear", "", "Medical cyclotron", named("Медициналық циклотрон", "Медицинский циклотрон", "Medical cyclotron"), 20, every(3, 0, 0, 12)},
	{"linac", "nuclear", "Z110101", "Medical linear accelerator", named("Сызықтық үдеткіш", "Линейный ускоритель", "Linear accelerator"), 12, every(3, 6, 0, 12)},
	{"brachytherapy", "nuclear", "Z11010301", "Brachytherapy system", named("Брахитерапия аппараты", "Аппарат для брахитерапии", "Brachytherapy system"), 10, every(3, 6, 0, 12)},
	{"ct-simulator", "nuclear", "Z11010202", "CT for radiotherapy simulation", named("КТ-симулятор", "КТ-симулятор", "CT simulator"), 10, every(6, 12, 0, 12)},
	{"rt-planning", "nuclear", "Z11010401", "Radiotherapy treatment planning system", named("Сәулелік терапияны жоспарлау жүйесі", "Система планирования лучевой терапии", "Radiotherapy planning system"), 7, every(12, 0, 0, 0)},
	{"proton", "nuclear", "Z11011001", "Proton therapy system", named("Протондық терапия кешені", "Комплекс протонной терапии", "Proton therapy system"), 25, every(1, 6, 0, 12)},
	{"ventilator", "intensive", "Z12030105", "Ventilator, intensive care", named("Өкпені жасанды желдету аппараты (ӨЖЖ)", "Аппарат искусственной вентиляции лёгких (ИВЛ)", "Intensive care ventilator"), 8, every(6, 12, 0, 12)},
	{"ventilator-transport", "intensive", "Z12030104", "Ventilator, transport", named("Тасымалдау ӨЖЖ аппараты", "Транспортный аппарат ИВЛ", "Transport ventilator"), 8, every(6, 12, 0, 12)},
	{"ventilator-neonatal", "intensive", "Z12030105", "Ventilator, neonatal", named("Жаңа туған нәрестелерге арналған ӨЖЖ аппараты", "Аппарат ИВЛ для новорождённых", "Neonatal ventilator"), 8, every(6, 12, 0, 12)},
	{"cpap", "intensive", "Z12030102", "Continuous positive airway pressure unit", named("CPAP аппараты", "Аппарат CPAP", "CPAP unit"), 7, every(12, 12, 0, 12)},
	{"anaesthesia", "intensive", "", "Anaesthesia workstation", named("Наркоз-тыныс алу аппараты", "Наркозно-дыхательный аппарат", "Anaesthesia workstation"), 10, every(6, 12, 0, 12)},
	{"monitor", "intensive", "", "Patient monitor, multiparameter", named("Пациент мониторы", "Монитор пациента", "Patient monitor"), 8, every(12, 0, 12, 12)},
	{"defibrillator", "intensive", "", "Defibrillator", named("Дефибриллятор", "Дефибриллятор", "Defibrillator"), 8, every(6, 0, 12, 12)},
	{"infusion-pump", "intensive", "", "Infusion pump, volumetric", named("Инфузиялық сорғы", "Инфузионный насос", "Infusion pump"), 8, every(12, 12, 0, 12)},
	{"syringe-pump", "intensive", "", "Syringe pump", named("Шприцті сорғы", "Шприцевой насос", "Syringe pump"), 8, every(12, 12, 0, 12)},
	{"suction", "intensive", "", "Suction unit, surgical", named("Хирургиялық сорғыш (аспиратор)", "Хирургический отсасыватель (аспиратор)", "Suction unit"), 8, every(12, 0, 0, 12)},
	{"oxygen-concentrator", "intensive", "Z12159004", "Oxygen concentrator", named("Оттегі концентраторы", "Кислородный концентратор", "Oxygen concentrator"), 7, every(12, 0, 0, 12)},
	{"icu-bed", "intensive", "V08060101", "Hospital bed, electric", named("Реанимациялық электр төсегі", "Кровать реанимационная электрическая", "Electric intensive care bed"), 10, every(12, 0, 0, 12)},
	{"blood-gas", "intensive", "", "Blood gas analyser", named("Қан газдары анализаторы", "Анализатор газов крови", "Blood gas analyser"), 7, every(6, 12, 12, 0)},
	{"ecmo", "intensive", "", "Extracorporeal membrane oxygenation system", named("ЭКМО аппараты", "Аппарат ЭКМО", "ECMO system"), 8, every(6, 12, 0, 12)},
	{"operating-table", "surgery", "Z12011202", "Operating table", named("Операциялық үстел", "Операционный стол", "Operating table"), 12, every(12, 0, 0, 12)},
	{"operating-light", "surgery", "", "Surgical light", named("Операциялық шам", "Операционный светильник", "Surgical light"), 10, every(12, 0, 0, 12)},
	{"electrosurgery", "surgery", "", "Electrosurgical unit", named("Электрохирургиялық аппарат", "Электрохирургический аппарат", "Electrosurgical unit"), 8, every(12, 12, 0, 12)},
	{"laparoscopy", "surgery", "", "Laparoscopy tower", named("Лапароскопиялық тірек", "Лапароскопическая стойка", "Laparoscopy tower"), 8, every(12, 0, 0, 12)},
	{"arthroscopy", "surgery", "", "Arthroscopy tower", named("Артроскопиялық тірек", "Артроскопическая стойка", "Arthroscopy tower"), 8, every(12, 0, 0, 12)},
	{"microscope-surgical", "surgery", "", "Surgical microscope", named("Операциялық микроскоп", "Операционный микроскоп", "Surgical microscope"), 12, every(12, 0, 0, 12)},
	{"heart-lung", "surgery", "", "Heart-lung machine", named("Жасанды қан айналымы аппараты", "Аппарат искусственного кровообращения", "Heart-lung machine"), 10, every(6, 12, 0, 12)},
	{"navigation", "surgery", "", "Surgical navigation system", named("Хирургиялық навигация жүйесі", "Система хирургической навигации", "Surgical navigation system"), 8, every(12, 12, 0, 12)},
	{"laser-surgical", "surgery", "", "Surgical laser", named("Хирургиялық лазер", "Хирургический лазер", "Surgical laser"), 8, every(12, 12, 0, 12)},
	{"lithotripter", "surgery", "", "Extracorporeal lithotripter", named("Литотриптер", "Литотриптер", "Lithotripter"), 10, every(6, 0, 0, 12)},
	{"phaco", "surgery", "", "Phacoemulsification system", named("Факоэмульсификатор", "Факоэмульсификатор", "Phacoemulsifier"), 8, every(12, 0, 0, 12)},
	{"gastroscope", "endoscopy", "", "Video gastroscope", named("Бейнегастроскоп", "Видеогастроскоп", "Video gastroscope"), 5, every(6, 0, 0, 12)},
	{"colonoscope", "endoscopy", "", "Video colonoscope", named("Бейнеколоноскоп", "Видеоколоноскоп", "Video colonoscope"), 5, every(6, 0, 0, 12)},
	{"bronchoscope", "endoscopy", "", "Video bronchoscope", named("Бейнебронхоскоп", "Видеобронхоскоп", "Video bronchoscope"), 5, every(6, 0, 0, 12)},
	{"endoscopy-tower", "endoscopy", "", "Endoscopy video system", named("Бейнеэндоскопиялық тірек", "Видеоэндоскопическая стойка", "Video endoscopy tower"), 8, every(12, 0, 0, 12)},
	{"endoscope-washer", "endoscopy", "", "Endoscope washer-disinfector", named("Эндоскоптарды жуу машинасы", "Моечная машина для эндоскопов", "Endoscope washer-disinfector"), 8, every(6, 0, 0, 12)},
	{"ecg", "functional", "", "Electrocardiograph", named("Электрокардиограф", "Электрокардиограф", "Electrocardiograph"), 8, every(12, 0, 12, 12)},
	{"holter-ecg", "functional", "", "Holter ECG recorder", named("Холтерлік ЭКГ мониторы", "Холтеровский монитор ЭКГ", "Holter ECG recorder"), 7, every(12, 0, 12, 0)},
	{"holter-bp", "functional", "Z12050404", "Ambulatory blood pressure monitor", named("АҚ тәуліктік мониторы", "Суточный монитор АД", "Ambulatory blood pressure monitor"), 7, every(12, 0, 12, 0)},
	{"stress-test", "functional", "", "Stress test system", named("Жүктеме сынағы жүйесі", "Нагрузочная система (стресс-тест)", "Stress test system"), 8, every(12, 0, 12, 12)},
	{"eeg", "functional", "", "Electroencephalograph", named("Электроэнцефалограф", "Электроэнцефалограф", "Electroencephalograph"), 8, every(12, 0, 12, 12)},
	{"emg", "functional", "", "Electromyograph", named("Электромиограф", "Электромиограф", "Electromyograph"), 8, every(12, 0, 12, 12)},
	{"spirometer", "functional", "Z12150101", "Spirometer, clinical", named("Спирометр", "Спирометр", "Spirometer"), 7, every(12, 0, 12, 0)},
	{"audiometer", "functional", "", "Audiometer", named("Аудиометр", "Аудиометр", "Audiometer"), 8, every(12, 0, 12, 0)},
	{"pulse-oximeter", "functional", "Z1203020408", "Pulse oximeter", named("Пульсоксиметр", "Пульсоксиметр", "Pulse oximeter"), 5, every(12, 0, 12, 0)},
	{"biochemistry", "laboratory", "", "Clinical chemistry analyser", named("Биохимиялық анализатор", "Биохимический анализатор", "Chemistry analyser"), 7, every(6, 6, 12, 0)},
	{"haematology", "laboratory", "", "Haematology analyser", named("Гематологиялық анализатор", "Гематологический анализатор", "Haematology analyser"), 7, every(6, 6, 12, 0)},
	{"immunoassay", "laboratory", "", "Immunoassay analyser", named("Иммунохимиялық анализатор", "Иммунохимический анализатор", "Immunoassay analyser"), 7, every(6, 6, 12, 0)},
	{"coagulation", "laboratory", "", "Coagulation analyser", named("Коагулометр", "Коагулометр", "Coagulation analyser"), 7, every(6, 6, 12, 0)},
	{"urine-analyser", "laboratory", "", "Urine analyser", named("Несеп анализаторы", "Анализатор мочи", "Urine analyser"), 7, every(12, 12, 12, 0)},
	{"pcr", "laboratory", "", "Real-time PCR system", named("Нақты уақыттағы ПТР жүйесі", "Амплификатор ПЦР в реальном времени", "Real-time PCR system"), 7, every(12, 12, 0, 0)},
	{"blood-culture", "laboratory", "", "Blood culture system", named("Қан дақылдары анализаторы", "Анализатор гемокультур", "Blood culture system"), 8, every(12, 0, 0, 0)},
	{"microscope", "laboratory", "", "Laboratory microscope", named("Зертханалық микроскоп", "Лабораторный микроскоп", "Laboratory microscope"), 10, every(12, 0, 0, 0)},
	{"centrifuge", "laboratory", "", "Laboratory centrifuge", named("Зертханалық центрифуга", "Лабораторная центрифуга", "Laboratory centrifuge"), 8, every(12, 12, 0, 12)},
	{"safety-cabinet", "laboratory", "", "Biological safety cabinet", named("Биологиялық қауіпсіздік шкафы", "Шкаф биологической безопасности", "Biological safety cabinet"), 10, every(12, 12, 0, 0)},
	{"tissue-processor", "laboratory", "", "Tissue processor", named("Гистологиялық процессор", "Гистологический процессор", "Tissue processor"), 8, every(12, 0, 0, 0)},
	{"haemodialysis", "dialysis", "", "Haemodialysis machine", named("Гемодиализ аппараты", "Аппарат для гемодиализа", "Haemodialysis machine"), 8, every(6, 12, 0, 12)},
	{"water-treatment", "dialysis", "", "Water treatment system for dialysis", named("Диализге су дайындау жүйесі", "Система водоподготовки для диализа", "Dialysis water treatment"), 10, every(3, 0, 0, 0)},
	{"apheresis", "dialysis", "", "Apheresis system", named("Аферез аппараты", "Аппарат для афереза", "Apheresis system"), 8, every(6, 12, 0, 12)},
	{"blood-fridge", "dialysis", "", "Blood bank refrigerator", named("Қан сақтайтын тоңазытқыш", "Холодильник для крови", "Blood refrigerator"), 10, every(12, 0, 12, 0)},
	{"incubator", "maternal", "", "Infant incubator", named("Неонаталдық инкубатор", "Инкубатор для новорождённых", "Infant incubator"), 8, every(6, 12, 0, 12)},
	{"infant-warmer", "maternal", "", "Infant radiant warmer", named("Жаңа туған нәрестені жылыту үстелі", "Открытая реанимационная система", "Infant warmer"), 8, every(12, 12, 0, 12)},
	{"phototherapy", "maternal", "", "Phototherapy unit", named("Фототерапия аппараты", "Аппарат фототерапии", "Phototherapy unit"), 7, every(12, 0, 0, 0)},
	{"ctg", "maternal", "", "Cardiotocograph", named("Фетальды монитор (КТГ)", "Фетальный монитор (КТГ)", "Cardiotocograph"), 8, every(12, 0, 12, 12)},
	{"delivery-bed", "maternal", "", "Delivery bed", named("Босандыру кереуеті", "Кровать для родовспоможения", "Delivery bed"), 10, every(12, 0, 0, 12)},
	{"magnetotherapy", "rehabilitation", "", "Magnetotherapy unit", named("Магнитотерапия аппараты", "Аппарат магнитотерапии", "Magnetotherapy unit"), 8, every(12, 0, 0, 12)},
	{"electrotherapy", "rehabilitation", "", "Electrotherapy unit", named("Электротерапия аппараты", "Аппарат электротерапии", "Electrotherapy unit"), 8, every(12, 0, 0, 12)},
	{"shock-wave", "rehabilitation", "", "Shock wave therapy unit", named("Соққы-толқындық терапия аппараты", "Аппарат ударно-волновой терапии", "Shock wave therapy unit"), 7, every(12, 0, 0, 12)},
	{"laser-therapy", "rehabilitation", "", "Therapeutic laser", named("Лазерлік терапия аппараты", "Аппарат лазерной терапии", "Therapeutic laser"), 7, every(12, 12, 0, 0)},
	{"robot-gait", "rehabilitation", "", "Robotic gait trainer", named("Жүруге үйрететін роботтық кешен", "Роботизированный комплекс для обучения ходьбе", "Robotic gait trainer"), 8, every(6, 0, 0, 12)},
	{"verticaliser", "rehabilitation", "", "Tilt table", named("Вертикализатор", "Вертикализатор", "Tilt table"), 10, every(12, 0, 0, 0)},
	{"cpm", "rehabilitation", "", "Continuous passive motion device", named("Буындарды механотерапиялау аппараты", "Аппарат механотерапии суставов", "Continuous passive motion device"), 8, every(12, 0, 0, 12)},
	{"hydrotherapy", "rehabilitation", "", "Hydrotherapy bath", named("Гидротерапиялық ванна", "Ванна гидротерапевтическая", "Hydrotherapy bath"), 10, every(12, 0, 0, 12)},
	{"hyperbaric", "rehabilitation", "", "Hyperbaric chamber", named("Барокамера", "Барокамера", "Hyperbaric chamber"), 10, every(6, 0, 12, 12)},
	{"steriliser", "sterilisation", "", "Steam steriliser", named("Бу стерилизаторы (автоклав)", "Паровой стерилизатор (автоклав)", "Steam steriliser"), 10, every(6, 0, 12, 12)},
	{"steriliser-plasma", "sterilisation", "", "Low-temperature plasma steriliser", named("Плазмалық стерилизатор", "Плазменный стерилизатор", "Plasma steriliser"), 10, every(6, 0, 0, 12)},
	{"washer-disinfector", "sterilisation", "", "Washer-disinfector", named("Жуу-дезинфекциялау машинасы", "Моечно-дезинфицирующая машина", "Washer-disinfector"), 8, every(6, 0, 0, 12)},
	{"air-disinfection", "sterilisation", "", "Air disinfection unit", named("Ауаны зарарсыздандыру қондырғысы", "Обеззараживатель воздуха", "Air disinfection unit"), 5, every(12, 0, 0, 0)},
	{"hospital-bed", "ward", "V08060101", "Hospital bed, electric", named("Функционалды төсек", "Функциональная кровать", "Hospital bed"), 10, every(12, 0, 0, 0)},
	{"blood-pressure", "ward", "Z1203020501", "Blood pressure monitor, automatic", named("Автоматты тонометр", "Автоматический тонометр", "Automatic blood pressure monitor"), 5, every(0, 0, 12, 0)},
	{"dental-unit", "ward", "", "Dental unit", named("Стоматологиялық қондырғы", "Стоматологическая установка", "Dental unit"), 8, every(12, 0, 0, 12)},
	{"slit-lamp", "ward", "", "Slit lamp", named("Саңылаулы шам", "Щелевая лампа", "Slit lamp"), 10, every(12, 0, 0, 0)},
	{"ambulance-equipment", "ward", "", "Ambulance equipment set", named("Реанимобиль жабдығы", "Оснащение реанимобиля", "Ambulance equipment set"), 7, every(12, 0, 0, 12)},
}
