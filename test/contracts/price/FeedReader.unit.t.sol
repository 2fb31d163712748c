// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeedReader} from "../../../contracts/price/FeedReader.sol";
import {Test} from "../lib/Test.sol";
import {TestFeed} from "../lib/TestFeed.sol";

contract FeedReaderHarness {
    function read(
        address feed,
        uint32 heartbeat,
        uint256 min,
        uint256 max
    ) external view returns (bool, uint256, uint48) {
        return FeedReader.read(feed, heartbeat, min, max);
    }

    function readSettled(
        address feed,
        uint32 heartbeat,
        uint256 min,
        uint256 max
    ) external view returns (bool, uint256, uint48, uint256) {
        return FeedReader.readSettled(feed, heartbeat, min, max);
    }

    function toUsdPerGram(uint256 answer, uint8 decimals) external pure returns (uint256, uint256) {
        return FeedReader.toUsdPerGram(answer, decimals);
    }
}

/// @dev Answers every call with as many bytes as it can pay for.
contract ReturnBomb {
    fallback() external {
        assembly {
            return(0, 100000)
        }
    }
}

/// @dev Answers five words that no AggregatorV3 would.
contract RawFeed {
    uint256[5] public words;

    function set(uint256 answer, uint256 updatedAt) external {
        words = [1, answer, updatedAt, updatedAt, 1];
    }

    fallback() external {
        bytes memory data = abi.encode(words);
        assembly {
            return(add(data, 0x20), mload(data))
        }
    }
}

/// @dev Spends this much gas, then answers: what a feed behind a long chain of proxies is like.
contract SlowFeed {
    uint256 private immutable _spend;

    constructor(uint256 spend) {
        _spend = spend;
    }

    fallback() external {
        uint256 start = gasleft();
        while (start - gasleft() < _spend) {}
        bytes memory data = abi.encode(1, 4000e8, block.timestamp, block.timestamp, 1);
        assembly {
            return(add(data, 0x20), mload(data))
        }
    }
}

contract FeedReaderUnitTest is Test {
    uint32 internal constant HEARTBEAT = 1 hours;
    uint256 internal constant MIN = 1_000e8;
    uint256 internal constant MAX = 20_000e8;
    uint256 internal constant NOW = 1_795_014_000;

    FeedReaderHarness internal reader;
    TestFeed internal feed;

    function setUp() public {
        vm.warp(NOW);
        reader = new FeedReaderHarness();
        feed = new TestFeed(8, 4_000e8);
    }

    function test_readsALiveFeed() public view {
        (bool live, uint256 answer, uint48 updatedAt) = reader.read(address(feed), HEARTBEAT, MIN, MAX);
        assertTrue(live);
        assertEq(answer, 4_000e8);
        assertEq(updatedAt, NOW);
    }

    function test_heartbeatIsInclusive() public {
        feed.setAt(4_000e8, NOW - HEARTBEAT);
        assertTrue(_live(address(feed)), "as old as the heartbeat");
        feed.setAt(4_000e8, NOW - HEARTBEAT - 1);
        assertFalse(_live(address(feed)), "a second older");
    }

    function test_staleFeedStillShowsWhatItSaid() public {
        feed.setAt(4_000e8, NOW - 2 hours);
        (bool live, uint256 answer, uint48 updatedAt) = reader.read(address(feed), HEARTBEAT, MIN, MAX);
        assertFalse(live);
        assertEq(answer, 4_000e8);
        assertEq(updatedAt, NOW - 2 hours);
    }

    function test_aTinySkewIsAllowed() public {
        feed.setAt(4_000e8, NOW + 3);
        assertTrue(_live(address(feed)), "3 s ahead");
        feed.setAt(4_000e8, NOW + 4);
        assertFalse(_live(address(feed)), "4 s ahead");
    }

    function test_timesThatAreNoneAreDead() public {
        feed.setAt(4_000e8, 0);
        assertFalse(_live(address(feed)), "never updated");
        feed.setAt(4_000e8, uint256(type(uint48).max) + 1 + NOW);
        assertFalse(_live(address(feed)), "would be now if it were cut to 48 bits");
        feed.setAt(4_000e8, type(uint256).max);
        assertFalse(_live(address(feed)), "largest");
    }

    function test_boundsAreInclusive() public {
        feed.set(int256(MIN));
        assertTrue(_live(address(feed)), "least");
        feed.set(int256(MIN) - 1);
        assertFalse(_live(address(feed)), "below");
        feed.set(int256(MAX));
        assertTrue(_live(address(feed)), "most");
        feed.set(int256(MAX) + 1);
        assertFalse(_live(address(feed)), "above");
    }

    function test_zeroAndNegativeAreDead() public {
        feed.set(0);
        (bool live, , ) = reader.read(address(feed), HEARTBEAT, 0, MAX);
        assertFalse(live, "zero, even with no lower bound");
        feed.set(-1);
        (bool negativeLive, uint256 answer, ) = reader.read(address(feed), HEARTBEAT, 0, type(uint256).max);
        assertFalse(negativeLive, "negative");
        assertEq(answer, 0, "a negative answer is not shown as a huge one");
    }

    function test_hugeAnswerIsDead() public {
        RawFeed raw = new RawFeed();
        raw.set(uint256(type(int256).max), NOW);
        assertFalse(_live(address(raw)));
    }

    function test_brokenFeedsAreDeadAndDoNotRevert() public {
        feed.setBehaviour(TestFeed.Behaviour.Revert);
        assertFalse(_live(address(feed)), "reverts");
        feed.setBehaviour(TestFeed.Behaviour.ShortData);
        assertFalse(_live(address(feed)), "short answer");
        feed.setBehaviour(TestFeed.Behaviour.BurnGas);
        assertFalse(_live(address(feed)), "eats all its gas");
        assertFalse(_live(makeAddr("no contract")), "no code");
        assertFalse(_live(address(0)), "no feed");
    }

    function test_noFeedIsDeadHoweverLittleGas() public view {
        (bool live, , ) = reader.read{gas: 20_000}(address(0), HEARTBEAT, MIN, MAX);
        assertFalse(live);
    }

    function test_burningFeedCostsItsAllowanceOnly() public {
        feed.setBehaviour(TestFeed.Behaviour.BurnGas);
        uint256 before = gasleft();
        assertFalse(_live(address(feed)));
        assertLt(before - gasleft(), FeedReader.FEED_GAS + 10_000);
    }

    function test_returnBombIsNotCopied() public {
        ReturnBomb bomb = new ReturnBomb();
        uint256 before = gasleft();
        assertFalse(_live(address(bomb)));
        // The bomb pays 29,000 gas for its own memory; copying it would double that.
        assertLt(before - gasleft(), 45_000);
    }

    // --- EIP-150: who calls with little gas can't make a live feed look dead ---

    function test_starvedCallRevertsAndIsNotDead() public {
        SlowFeed slow = new SlowFeed(150_000);
        assertTrue(_live(address(slow)), "live with enough gas");
        bool refused;
        for (uint256 gas_ = 10_000; gas_ <= 400_000; gas_ += 5_000) {
            try reader.read{gas: gas_}(address(slow), HEARTBEAT, MIN, MAX) returns (bool live, uint256, uint48) {
                assertTrue(live, "dead for want of gas");
            } catch {
                refused = true;
            }
        }
        assertTrue(refused, "no gas limit starved it: the test tests nothing");
    }

    function test_starvedCallSaysWhatItNeeded() public {
        SlowFeed slow = new SlowFeed(150_000);
        (bool ok, bytes memory reason) = address(reader).staticcall{gas: 120_000}(
            abi.encodeCall(reader.read, (address(slow), HEARTBEAT, MIN, MAX))
        );
        assertFalse(ok);
        assertEq(bytes32(bytes4(reason)), bytes32(FeedReader.FeedStarved.selector));
    }

    function test_deadFeedWithLittleGasIsRefusedToo() public {
        feed.setBehaviour(TestFeed.Behaviour.Revert);
        (bool ok, bytes memory reason) = address(reader).staticcall{gas: 100_000}(
            abi.encodeCall(reader.read, (address(feed), HEARTBEAT, MIN, MAX))
        );
        assertFalse(ok, "nobody can tell why it failed");
        assertEq(bytes32(bytes4(reason)), bytes32(FeedReader.FeedStarved.selector));
    }

    function test_liveFeedNeedsNoSpareGas() public view {
        (bool live, , ) = reader.read{gas: 60_000}(address(feed), HEARTBEAT, MIN, MAX);
        assertTrue(live);
    }

    function test_feedBeyondItsAllowanceIsDeadAlways() public {
        SlowFeed slow = new SlowFeed(FeedReader.FEED_GAS + 10_000);
        assertFalse(_live(address(slow)), "however much gas there is");
    }

    // --- ounces to grams ---

    function test_convertsExactly() public view {
        // 31.1034768 dollars an ounce are 1 dollar a gram.
        (uint256 floor, uint256 ceil) = reader.toUsdPerGram(3_110_347_680, 8);
        assertEq(floor, 1e18);
        assertEq(ceil, 1e18);
        (floor, ceil) = reader.toUsdPerGram(31.1034768e18, 18);
        assertEq(floor, 1e18);
        assertEq(ceil, 1e18);
        (floor, ceil) = reader.toUsdPerGram(311_034_768, 0);
        assertEq(floor, 1e25);
    }

    function test_roundsBothWays() public view {
        // 4000 / 31.1034768 = 128.60298627451192...
        (uint256 floor, uint256 ceil) = reader.toUsdPerGram(4_000e8, 8);
        assertEq(floor, 128_602_986_274_511_922_088);
        assertEq(ceil, floor + 1);
        (uint256 floor18, uint256 ceil18) = reader.toUsdPerGram(4_000e18, 18);
        assertEq(floor18, floor, "decimals do not matter");
        assertEq(ceil18, ceil);
    }

    function test_refusesMoreDecimalsThanItKnows() public {
        vm.expectRevert();
        reader.toUsdPerGram(1, 26);
    }

    function testFuzz_conversionIsTight(uint128 answer, uint8 decimals) public view {
        decimals = uint8(bound(decimals, 0, 18));
        uint256 dollars = bound(answer, 0, 2 ** 24 * 10 ** decimals);
        (uint256 floor, uint256 ceil) = reader.toUsdPerGram(dollars, decimals);
        uint256 exact = dollars * 10 ** (25 - decimals); // times 311034768 less
        assertLe(floor * 311_034_768, exact);
        assertLt(exact, (floor + 1) * 311_034_768);
        assertGe(ceil * 311_034_768, exact);
        assertLe(ceil - floor, 1);
        assertLt(ceil, 2 ** 79, "fits an observation");
    }

    function testFuzz_neverRevertsWithGas(uint256 answer, uint256 updatedAt, uint32 heartbeat) public {
        RawFeed raw = new RawFeed();
        raw.set(answer, updatedAt);
        (bool live, , ) = reader.read(address(raw), heartbeat, MIN, MAX);
        bool expected =
            answer >= MIN && answer <= MAX && updatedAt != 0 && updatedAt <= NOW + 3 && NOW <= updatedAt + heartbeat;
        assertEq(live, expected);
    }

    function _live(address feed_) internal view returns (bool live) {
        (live, , ) = reader.read(feed_, HEARTBEAT, MIN, MAX);
    }
}
