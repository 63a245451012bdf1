//! *What are the units of time, the seasons and the parts of the day?*

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Seven days; as a calendar unit from Monday to Sunday.
    Week,
    /// Two weeks.
    Fortnight,
    /// Calendar months.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    Half,
    /// Calendar years.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

impl Unit {
    /// Days, months and seconds in one; exactly one of the three is not zero.
    pub const fn size(self) -> Size {
        match self {
            Self::Second => Size::Seconds(1),
            Self::Minute => Size::Seconds(60),
            Self::Hour => Size::Seconds(3600),
            Self::Day => Size::Days(1),
            Self::Weekend => Size::Days(2),
            Self::Week => Size::Days(7),
            Self::Fortnight => Size::Days(14),
            Self::Month => Size::Months(1),
            Self::Quarter => Size::Months(3),
            Self::Half => Size::Months(6),
            Self::Year => Size::Months(12),
            Self::Decade => Size::Months(120),
            Self::Century => Size::Months(1200),
            Self::Millennium => Size::Months(12_000),
        }
    }

    /// Whether it is shorter than a day.
    pub fn is_clock(self) -> bool {
        self < Self::Day
    }

    /// Letter and factor of a TIMEX3 duration: a decade is ten years.
    pub const fn symbol(self) -> (&'static str, u32) {
        match self {
            Self::Second => ("S", 1),
            Self::Minute => ("M", 1),
            Self::Hour => ("H", 1),
            Self::Day => ("D", 1),
            Self::Weekend => ("WE", 1),
            Self::Week => ("W", 1),
            Self::Fortnight => ("W", 2),
            Self::Month => ("M", 1),
            Self::Quarter => ("Q", 1),
            Self::Half => ("M", 6),
            Self::Year => ("Y", 1),
            Self::Decade => ("Y", 10),
            Self::Century => ("Y", 100),
            Self::Millennium => ("Y", 1000),
        }
    }
}

/// How long a unit is, in the unit that calendars count it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Seconds.
    Seconds(i64),
    /// Days.
    Days(i64),
    /// Months.
    Months(i64),
}

/// A season, as the northern hemisphere has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February; named by the year in which it begins.
    Winter,
}

impl Season {
    /// TIMEX3's two letters.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// Its first month.
    pub const fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// Morning.
    Morning,
    /// The first light.
    Dawn,
    /// Twelve o'clock.
    Noon,
    /// Afternoon.
    Afternoon,
    /// Evening.
    Evening,
    /// Night.
    Night,
    /// Twenty-four o'clock.
    Midnight,
    /// The light hours.
    Daytime,
}

impl DayPart {
    /// What TIMEX3 writes after the `T`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Morning | Self::Dawn => "MO",
            Self::Noon => "12:00",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Midnight => "24:00",
            Self::Daytime => "DT",
        }
    }
}
