// Names of legs and of the numbers that they rest on.
import { define } from "../../i18n/define.ts";

export const legWords = define({
  leg_call_and_dispatch: ["шақыру және бригаданы жіберу", "вызов и отправка бригады", "call and dispatch"],
  leg_response: ["бригаданың науқасқа жетуі", "приезд бригады", "the crew on its way"],
  leg_on_scene: ["науқастың жанында", "у пациента", "with the patient"],
  leg_transport: ["ауруханаға жеткізу", "перевозка в больницу", "transport to the hospital"],
  leg_handover: ["емдейтін бригадаға тапсыру", "передача бригаде больницы", "handover to the team"],
  leg_drive: ["көлікпен жету", "дорога на автомобиле", "the drive by car"],
  leg_wait_for_aircraft: ["әуе кемесін күту", "ожидание борта", "waiting for the aircraft"],
  leg_landing: ["екі қону, тиеу және тапсыру", "две посадки, погрузка и передача", "two landings, loading and handover"],
  leg_flight: ["ұшу", "полёт", "the flight"],
  leg_door_to_treatment: ["аурухананың есігінен ем басталғанға дейін", "от дверей больницы до начала лечения", "from the door until treatment begins"],
  leg_door_in_door_out: ["жақын ауруханада, әрі қарай жолға шыққанша", "в ближней больнице до отправки дальше", "in the near hospital until sent on"],
  leg_onward_transport: ["әрі қарай жеткізу", "перевозка дальше", "transport onward"],
} as const);

export const numberWords = define({
  num_speed_main: ["негізгі жолдағы жылдамдық", "скорость на главных дорогах", "speed on main roads"],
  num_speed_other: ["басқа жолдағы жылдамдық", "скорость на прочих дорогах", "speed on other roads"],
  num_speed_off_road: ["жолсыз жердегі жылдамдық", "скорость вне дорог", "speed off the road"],
  num_detour: ["түзу жолдан ұзаруы", "удлинение против прямой", "longer than straight"],
  num_inside_place: ["елді мекен ішіндегі жол", "путь внутри пункта", "the way inside a place"],
  num_ambulance_factor: ["жедел жәрдем қанша есе жылдам", "во сколько раз скорая быстрее", "how much faster an ambulance is"],
  num_call_and_dispatch: ["шақыру мен жіберу уақыты", "время вызова и отправки", "time of call and dispatch"],
  num_crew_busy: ["бригада бос емес шақырулар", "вызовы, когда бригада занята", "calls that find the crew away"],
  num_crew_busy_wait: ["бригада босағанша күту", "ожидание свободной бригады", "wait for a free crew"],
  num_on_scene: ["науқас жанындағы уақыт", "время у пациента", "time with the patient"],
  num_door_to_treatment: ["есіктен емге дейін", "от дверей до лечения", "door to treatment"],
  num_door_in_door_out: ["есіктен есікке дейін", "от двери до двери", "door in to door out"],
  num_air_start_up: ["ұшуға дайындалу", "подготовка к взлёту", "start-up of the aircraft"],
  num_air_speed: ["ұшу жылдамдығы", "скорость полёта", "speed of the aircraft"],
  num_air_landing: ["бір қону", "одна посадка", "one landing"],
  num_air_range: ["ұшу қашықтығы", "дальность полёта", "range of the aircraft"],
  num_air_weather: ["ұшуға жарамды ауа райы", "лётная погода", "weather to fly in"],
  num_air_daylight: ["тәуліктің жарық бөлігі", "светлая часть суток", "daylight"],
  num_handover: ["тапсыру уақыты", "время передачи", "time of handover"],
} as const);

type LegKey = Extract<keyof typeof legWords.dict, string>;
type NumberKey = Extract<keyof typeof numberWords.dict, string>;

/** The name of a leg or a number; its code where a newer program knows more. */
export function useLegNames() {
  const l = legWords.use();
  const n = numberWords.use();
  return {
    leg: (code: string) => (`leg_${code}` in legWords.dict ? l(`leg_${code}` as LegKey) : code),
    number: (code: string) => (`num_${code}` in numberWords.dict ? n(`num_${code}` as NumberKey) : code),
  };
}

/** With a capital at the beginning, for the beginning of a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
