// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MarketHours} from "../../../contracts/price/MarketHours.sol";
import {Test} from "../lib/Test.sol";

/// @title New York's clock and the gold market's week, against instants computed from the IANA time zone database
contract MarketHoursUnitTest is Test {
    /// @dev The instants at which summer time begins, 2016 to 2040.
    function _starts() private pure returns (uint256[25] memory) {
        return
            [
                uint256(1_457_852_400),
                1_489_302_000,
                1_520_751_600,
                1_552_201_200,
                1_583_650_800,
                1_615_705_200,
                1_647_154_800,
                1_678_604_400,
                1_710_054_000,
                1_741_503_600,
                1_772_953_200,
                1_805_007_600,
                1_836_457_200,
                1_867_906_800,
                1_899_356_400,
                1_930_806_000,
                1_962_860_400,
                1_994_310_000,
                2_025_759_600,
                2_057_209_200,
                2_088_658_800,
                2_120_108_400,
                2_152_162_800,
                2_183_612_400,
                2_215_062_000
            ];
    }

    /// @dev The instants at which it ends.
    function _ends() private pure returns (uint256[25] memory) {
        return
            [
                uint256(1_478_412_000),
                1_509_861_600,
                1_541_311_200,
                1_572_760_800,
                1_604_210_400,
                1_636_264_800,
                1_667_714_400,
                1_699_164_000,
                1_730_613_600,
                1_762_063_200,
                1_793_512_800,
                1_825_567_200,
                1_857_016_800,
                1_888_466_400,
                1_919_916_000,
                1_951_365_600,
                1_983_420_000,
                2_014_869_600,
                2_046_319_200,
                2_077_768_800,
                2_109_218_400,
                2_140_668_000,
                2_172_722_400,
                2_204_172_000,
                2_235_621_600
            ];
    }

    function test_summerTimeOfTwentyFiveYears() public pure {
        uint256[25] memory starts = _starts();
        uint256[25] memory ends = _ends();
        for (uint256 i = 0; i < 25; i++) {
            assertEq(MarketHours.newYorkBehindUtc(starts[i] - 1), 5 hours, "before it begins");
            assertEq(MarketHours.newYorkBehindUtc(starts[i]), 4 hours, "begins");
            assertEq(MarketHours.newYorkBehindUtc(ends[i] - 1), 4 hours, "before it ends");
            assertEq(MarketHours.newYorkBehindUtc(ends[i]), 5 hours, "ends");
        }
    }

    function testFuzz_summerTimeLiesBetweenItsBeginningAndItsEnd(uint256 seed) public pure {
        uint256[25] memory starts = _starts();
        uint256[25] memory ends = _ends();
        // From 2016-01-01 to 2040-12-31 23:59:59 UTC.
        uint256 time = bound(seed, 1_451_606_400, 2_240_611_199);
        bool summer = false;
        for (uint256 i = 0; i < 25; i++) if (time >= starts[i] && time < ends[i]) summer = true;
        assertEq(MarketHours.newYorkBehindUtc(time), summer ? 4 hours : 5 hours);
    }

    function test_newYear() public pure {
        // 2027-12-31 23:59:59 and 2028-01-01 00:00:00 UTC, and the same of 2028 (a leap year) and 2029.
        uint256[4] memory times = [uint256(1_830_297_599), 1_830_297_600, 1_861_919_999, 1_861_920_000];
        for (uint256 i = 0; i < 4; i++) assertEq(MarketHours.newYorkBehindUtc(times[i]), 5 hours);
    }

    function test_knownInstants() public pure {
        _expect(1_789_336_799, false, "Sunday 17:59:59 in summer");
        _expect(1_789_336_800, true, "Sunday 18:00 in summer");
        _expect(1_789_419_599, true, "Monday 16:59:59");
        _expect(1_789_419_600, false, "Monday's break begins");
        _expect(1_789_423_199, false, "Monday's break, last second");
        _expect(1_789_423_200, true, "Monday's break is over");
        _expect(1_789_531_200, true, "midnight");
        _expect(1_789_680_600, false, "Thursday's break");
        _expect(1_789_682_400, true, "Thursday evening");
        _expect(1_789_765_199, true, "Friday, the last second");
        _expect(1_789_765_200, false, "Friday's close");
        _expect(1_789_768_800, false, "no evening session on Friday");
        _expect(1_789_833_600, false, "Saturday");
        _expect(1_789_920_000, false, "Sunday noon");
        _expect(1_767_567_599, false, "Sunday 17:59:59 in winter");
        _expect(1_767_567_600, true, "Sunday 18:00 in winter");
        _expect(1_767_995_999, true, "Friday in winter, the last second");
        _expect(1_767_996_000, false, "Friday's close in winter");
        _expect(1_772_834_400, false, "the Friday before summer time");
        _expect(1_773_007_199, false, "the Sunday on which summer time began");
        _expect(1_773_007_200, true, "that Sunday 18:00");
        _expect(1_793_573_999, false, "the Sunday on which it ended");
        _expect(1_793_574_000, true, "that Sunday 18:00");
        _expect(1_835_456_400, true, "a leap day");
        _expect(1_861_916_400, true, "the last Sunday of a leap year");
    }

    function test_tradingDayRunsFromEveningToAfternoon() public pure {
        // Sunday 2026-09-13 18:00 in New York begins the trading day of Monday 2026-09-14, day 20,710.
        (uint256 day, uint256 second) = MarketHours.tradingDay(1_789_336_800);
        assertEq(day, 20_710);
        assertEq(second, 0);
        (day, second) = MarketHours.tradingDay(1_789_419_599);
        assertEq(day, 20_710);
        assertEq(second, 23 hours - 1);
        (day, second) = MarketHours.tradingDay(1_789_423_200);
        assertEq(day, 20_711);
    }

    function test_aWeekHas115Hours() public pure {
        // Weeks of summer and winter, and the two in which the clock changes.
        uint256[4] memory mondays = [uint256(1_788_739_200), 1_767_571_200, 1_772_409_600, 1_792_972_800];
        for (uint256 i = 0; i < 4; i++) {
            uint256 hours_ = 0;
            for (uint256 h = 0; h < 168; h++) if (_isOpen(mondays[i] + h * 1 hours)) hours_++;
            // UTC weeks: the session of Sunday evening is an hour longer or shorter where the clock changed before it.
            assertEq(
                hours_,
                i == 2
                    ? 116
                    : i == 3
                        ? 114
                        : 115
            );
        }
    }

    function testFuzz_opensAndClosesOnFullHours(uint256 seed) public pure {
        uint256 time = bound(seed, 1_451_606_400, 4_102_444_800);
        assertEq(_isOpen(time), _isOpen(time - (time % 1 hours)));
    }

    /// @dev From 2016 to 2099, whatever the hour: seven days on, the same, if the clock did not change between.
    function testFuzz_weeksAreAlike(uint256 seed) public pure {
        uint256 time = bound(seed, 1_451_606_400, 4_102_444_800);
        if (MarketHours.newYorkBehindUtc(time) != MarketHours.newYorkBehindUtc(time + 7 days)) return;
        assertEq(_isOpen(time), _isOpen(time + 7 days));
    }

    function _expect(uint256 time, bool open, string memory what) private pure {
        assertEq(_isOpen(time), open, what);
    }

    function _isOpen(uint256 time) private pure returns (bool) {
        (uint256 day, uint256 secondOfDay) = MarketHours.tradingDay(time);
        return MarketHours.isRegularSession(day, secondOfDay);
    }
}
