//! Record types about services, people and events.

use super::{RecordInfo, field};
use crate::MergeKind::{Bool, Date, DateTime, Money, Number, Text, Url};

pub(super) static COMPLAINT: RecordInfo = RecordInfo {
    key: "complaint",
    names: ["Reklamácia", "Reklamace", "Complaint"],
    fields: &[
        field("complaint.number", Text, ["Číslo reklamácie", "Číslo reklamace", "Complaint number"], "R-2026/042"),
        field("complaint.date", Date, ["Dátum prijatia", "Datum přijetí", "Date of receipt"], "2026-05-12"),
        field("complaint.goods", Text, ["Reklamovaný tovar", "Reklamované zboží", "Goods complained of"], "Stolička Javor"),
        field("complaint.is_accepted", Bool, ["Je uznaná", "Je uznaná", "Is accepted"], "yes"),
        field("complaint.result", Text, ["Spôsob vybavenia", "Způsob vyřízení", "How it was settled"], "výmena za nový kus"),
        field("complaint.reason", Text, ["Odôvodnenie", "Odůvodnění", "Reason"], "Prasklina vznikla chybou dreva."),
        field(
            "complaint.pickup_place",
            Text,
            ["Miesto vyzdvihnutia", "Místo vyzvednutí", "Place of collection"],
            "Dielenská 8, Martin",
        ),
    ],
};

pub(super) static RESERVATION: RecordInfo = RecordInfo {
    key: "reservation",
    names: ["Rezervácia", "Rezervace", "Reservation"],
    fields: &[
        field("reservation.number", Text, ["Číslo rezervácie", "Číslo rezervace", "Reservation number"], "2026-318"),
        field("reservation.guest", Text, ["Meno hosťa", "Jméno hosta", "Guest's name"], "Eva Nováková"),
        field("reservation.arrival", Date, ["Príchod", "Příjezd", "Arrival"], "2026-07-10"),
        field("reservation.departure", Date, ["Odchod", "Odjezd", "Departure"], "2026-07-14"),
        field("reservation.nights", Number, ["Počet nocí", "Počet nocí", "Nights"], "4"),
        field("reservation.persons", Number, ["Počet osôb", "Počet osob", "Persons"], "2"),
        field("reservation.room", Text, ["Izba", "Pokoj", "Room"], "dvojlôžková izba s výhľadom"),
        field("reservation.total", Money, ["Cena pobytu", "Cena pobytu", "Price of the stay"], "356 EUR"),
        field("reservation.deposit", Money, ["Záloha", "Záloha", "Deposit"], "106.80 EUR"),
        field("reservation.deposit_due", Date, ["Záloha do", "Záloha do", "Deposit due"], "2026-06-05"),
        field("reservation.check_in", Text, ["Ubytovanie od hodiny", "Ubytování od hodiny", "Check-in from"], "14:00"),
        field("reservation.phone", Text, ["Telefón hosťa", "Telefon hosta", "Guest's phone"], "+421903622237"),
        field("reservation.note", Text, ["Poznámka hosťa", "Poznámka hosta", "Guest's note"], "Prídeme až večer."),
    ],
};

pub(super) static EVENT: RecordInfo = RecordInfo {
    key: "event",
    names: ["Podujatie", "Akce", "Event"],
    fields: &[
        field("event.name", Text, ["Názov podujatia", "Název akce", "Event's name"], "Deň otvorených dverí"),
        field("event.starts", DateTime, ["Začiatok", "Začátek", "Begins"], "2026-06-18 16:00"),
        field("event.place", Text, ["Miesto", "Místo", "Place"], "Dielenská 8, Martin"),
        field("event.about", Text, ["O čom je", "O čem je", "What it is about"], "Ukážeme vám novú dielňu a kolekciu stolov."),
        field("event.reply_until", Date, ["Prihlásiť sa do", "Přihlásit se do", "Reply until"], "2026-06-12"),
        field(
            "event.url",
            Url,
            ["Odkaz na prihlásenie", "Odkaz na přihlášení", "Link to sign up"],
            "https://www.jasenove-dielo.example/den",
        ),
    ],
};

pub(super) static TASK: RecordInfo = RecordInfo {
    key: "task",
    names: ["Úloha", "Úkol", "Task"],
    fields: &[
        field("task.name", Text, ["Úloha", "Úkol", "Task"], "Pripraviť ponuku pre Javorinu"),
        field("task.due", DateTime, ["Termín", "Termín", "Due"], "2026-05-29 10:00"),
        field("task.about", Text, ["Podrobnosti", "Podrobnosti", "Details"], "Stoly pre jedáleň, 12 kusov."),
        field("task.contact", Text, ["Koho sa týka", "Koho se týká", "Whom it is about"], "Javorina s. r. o."),
        field("task.url", Url, ["Odkaz na úlohu", "Odkaz na úkol", "Link to the task"], "https://posel.example/tasks/17"),
    ],
};

pub(super) static TILL: RecordInfo = RecordInfo {
    key: "till",
    names: ["Denná uzávierka", "Denní uzávěrka", "Daily closing"],
    fields: &[
        field("till.name", Text, ["Pokladnica", "Pokladna", "Till"], "Predajňa Martin"),
        field("till.date", Date, ["Deň", "Den", "Day"], "2026-05-28"),
        field("till.receipts", Number, ["Počet dokladov", "Počet dokladů", "Receipts"], "64"),
        field("till.total", Money, ["Tržba spolu", "Tržba celkem", "Takings in all"], "2318.40 EUR"),
        field("till.cash", Money, ["V hotovosti", "V hotovosti", "In cash"], "911.90 EUR"),
        field("till.card", Money, ["Kartou", "Kartou", "By card"], "1406.50 EUR"),
        field("till.difference", Money, ["Rozdiel", "Rozdíl", "Difference"], "0 EUR"),
        field("till.closed_by", Text, ["Uzavrel", "Uzavřel", "Closed by"], "Peter Malina"),
    ],
};

pub(super) static ATTENDANCE: RecordInfo = RecordInfo {
    key: "attendance",
    names: ["Dochádzka", "Docházka", "Attendance"],
    fields: &[
        field("attendance.employee", Text, ["Zamestnanec", "Zaměstnanec", "Employee"], "Peter Malina"),
        field("attendance.date", Date, ["Deň", "Den", "Day"], "2026-05-28"),
        field("attendance.expected", Text, ["Mal prísť o", "Měl přijít v", "Expected at"], "7:00"),
        field("attendance.arrived", Text, ["Prišiel o", "Přišel v", "Arrived at"], "7:48"),
        field("attendance.minutes_late", Number, ["Meškanie v minútach", "Zpoždění v minutách", "Minutes late"], "48"),
        field("attendance.workplace", Text, ["Pracovisko", "Pracoviště", "Workplace"], "Predajňa Martin"),
    ],
};

pub(super) static ATTACHMENT: RecordInfo = RecordInfo {
    key: "attachment",
    names: ["Heslo k prílohe", "Heslo k příloze", "Password of an attachment"],
    fields: &[
        field("attachment.name", Text, ["Názov prílohy", "Název přílohy", "Attachment's name"], "faktura-20260231.pdf"),
        field("attachment.password", Text, ["Heslo", "Heslo", "Password"], "Jasen-4821"),
    ],
};
