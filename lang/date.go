package lang

import (
	"strconv"
	"time"
)

// months in the form that follows a day.
var months = map[Code][12]string{
	KK: {"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"},
	RU: {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	EN: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// monthsAlone is the form that stands by itself, where it differs.
var monthsAlone = [12]string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"}

// Date writes a day: 2026 ж. 8 наурыз, 8 марта 2026 г., 8 March 2026.
func Date(year int, month time.Month, day int, c Code) string {
	y, d := strconv.Itoa(year), strconv.Itoa(day)
	m := months[known(c)][month-1]
	switch known(c) {
	case KK:
		return y + noBreak + "ж. " + d + noBreak + m
	case RU:
		return d + noBreak + m + " " + y + noBreak + "г."
	}
	return d + noBreak + m + " " + y
}

// Month writes a month: 2026 ж. наурыз, март 2026 г., March 2026.
func Month(year int, month time.Month, c Code) string {
	y := strconv.Itoa(year)
	switch known(c) {
	case KK:
		return y + noBreak + "ж. " + months[KK][month-1]
	case RU:
		return monthsAlone[month-1] + " " + y + noBreak + "г."
	}
	return months[EN][month-1] + " " + y
}

// Year writes a year: 2026 ж., 2026 г., 2026.
func Year(year int, c Code) string { return years(strconv.Itoa(year), "ж.", "г.", c) }

// Years writes years from first to last, both included: 2026–2028 жж.,
// 2026–2028 гг., 2026–2028.
func Years(first, last int, c Code) string {
	return years(strconv.Itoa(first)+"–"+strconv.Itoa(last), "жж.", "гг.", c)
}

func years(y, kk, ru string, c Code) string {
	switch known(c) {
	case KK:
		return y + noBreak + kk
	case RU:
		return y + noBreak + ru
	}
	return y
}

// HalfYear writes half 1 or 2 of a year: 2026 ж. 1-жартыжылдығы, 1-е полугодие
// 2026 г., first half of 2026.
func HalfYear(year, half int, c Code) string {
	switch known(c) {
	case KK:
		return Year(year, KK) + " " + strconv.Itoa(half) + "-жартыжылдығы"
	case RU:
		return strconv.Itoa(half) + "-е" + noBreak + "полугодие " + Year(year, RU)
	}
	if half == 1 {
		return "first half of " + strconv.Itoa(year)
	}
	return "second half of " + strconv.Itoa(year)
}

// Quarter writes quarter 1 to 4 of a year: 2026 ж. 3-тоқсаны, 3-й квартал
// 2026 г., Q3 2026.
func Quarter(year, quarter int, c Code) string {
	q := strconv.Itoa(quarter)
	switch known(c) {
	case KK:
		return Year(year, KK) + " " + q + "-тоқсаны"
	case RU:
		return q + "-й" + noBreak + "квартал " + Year(year, RU)
	}
	return "Q" + q + " " + strconv.Itoa(year)
}

// Week writes an ISO week of a year: 2026 ж. 7-аптасы, 7-я неделя 2026 г., week
// 7 of 2026.
func Week(year, week int, c Code) string {
	w := strconv.Itoa(week)
	switch known(c) {
	case KK:
		return Year(year, KK) + " " + w + "-аптасы"
	case RU:
		return w + "-я" + noBreak + "неделя " + Year(year, RU)
	}
	return "week" + noBreak + w + " of " + strconv.Itoa(year)
}
