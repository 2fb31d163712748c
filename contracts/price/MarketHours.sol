// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title MarketHours: when spot gold trades, in New York time
/// @notice The market opens on Sunday 18:00 and closes on Friday 17:00, with a break from 17:00 to 18:00 from Monday to
/// Thursday. So a trading day D runs from 18:00 of the evening before to 17:00 of D, and D is a Monday to Friday that is no
/// holiday: everything follows from the New York clock moved six hours ahead.
///
/// Summer time runs from the second Sunday of March, 02:00 standard time, to the first Sunday of November, 02:00 summer time
/// (the law since 2007).
library MarketHours {
    uint256 internal constant TRADING_SECONDS = 23 hours;
    uint256 internal constant SESSION_SHIFT = 6 hours;

    /// @param time unix seconds, from 2007 on
    /// @return day the trading day that `time` falls in, days since 1970-01-01
    /// @return secondOfDay seconds since that trading day began, at 18:00 of the evening before
    function tradingDay(uint256 time) internal pure returns (uint256 day, uint256 secondOfDay) {
        uint256 shifted = time + SESSION_SHIFT - newYorkBehindUtc(time);
        return (shifted / 1 days, shifted % 1 days);
    }

    /// @notice Whether a trading day is no weekend and the second lies before its 17:00; holidays are the caller's.
    function isRegularSession(uint256 day, uint256 secondOfDay) internal pure returns (bool) {
        uint256 weekday = _weekday(day);
        return secondOfDay < TRADING_SECONDS && weekday != 0 && weekday != 6;
    }

    /// @notice Seconds that New York's clock is behind UTC at `time`.
    function newYorkBehindUtc(uint256 time) internal pure returns (uint256) {
        uint256 year = _year(time / 1 days);
        uint256 march = _daysToNewYear(year) + (_isLeap(year) ? 60 : 59);
        uint256 november = march + 245; // March to October have 245 days
        uint256 starts = (_firstSunday(march) + 7) * 1 days + 7 hours; // 02:00 standard time
        uint256 ends = _firstSunday(november) * 1 days + 6 hours; // 02:00 summer time
        return time >= starts && time < ends ? 4 hours : 5 hours;
    }

    /// @dev The first Sunday at or after a day.
    function _firstSunday(uint256 day) private pure returns (uint256) {
        return day + ((7 - _weekday(day)) % 7);
    }

    /// @dev 0 is Sunday; the day 0 of the unix calendar was a Thursday.
    function _weekday(uint256 day) private pure returns (uint256) {
        return (day + 4) % 7;
    }

    function _isLeap(uint256 year) private pure returns (bool) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /// @dev Days from 1970-01-01 to January 1st of `year`.
    function _daysToNewYear(uint256 year) private pure returns (uint256) {
        uint256 before = year - 1;
        return year * 365 + before / 4 - before / 100 + before / 400 - 719_527;
    }

    /// @dev The year of a day: an estimate by the mean year, which is off by at most one, set right.
    function _year(uint256 day) private pure returns (uint256 year) {
        year = 1970 + (day * 400) / 146_097;
        if (day < _daysToNewYear(year)) year--;
        else if (day >= _daysToNewYear(year + 1)) year++;
    }
}
