// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "./Test.sol";
import {TestFeed} from "./TestFeed.sol";
import {TestCoin, TestCoinWithPermit} from "./TestCoin.sol";

contract Counter {
    uint256 public count;

    function up() external {
        count++;
    }

    function spoil() external {
        count = 1000;
    }
}

/// @title The helpers of the tests do what they say, since every other test leans on them
contract TestTest is Test {
    function failingAssertion(uint256 a, uint256 b) external pure {
        assertEq(a, b, "sum");
    }

    function readWithGas(TestFeed feed, uint256 gas_) external view returns (int256 answer) {
        (, answer, , , ) = feed.latestRoundData{gas: gas_}();
    }

    function test_AssertionNamesBothValues() public {
        vm.expectRevert(abi.encodeWithSelector(AssertionFailed.selector, "sum: 1 != 2"));
        this.failingAssertion(1, 2);
    }

    function test_MakeAddrSigns() public {
        (address account, uint256 privateKey) = makeAddrAndKey("alice");
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(privateKey, keccak256("x"));
        assertEq(ecrecover(keccak256("x"), v, r, s), account);
        assertEq(signature(privateKey, keccak256("x")).length, 65);
    }

    function test_SkipMovesTimeAndBlock() public {
        uint256 time = vm.getBlockTimestamp();
        uint256 height = vm.getBlockNumber();
        skip(100);
        assertEq(block.timestamp, time + 100);
        assertEq(block.number, height + 1);
    }

    function testFuzz_BoundStaysInside(uint256 x, uint256 a, uint256 b) public pure {
        (uint256 least, uint256 most) = a < b ? (a, b) : (b, a);
        uint256 bounded = bound(x, least, most);
        assertGe(bounded, least);
        assertLe(bounded, most);
    }

    function testFuzz_SignedBoundStaysInside(int256 x, int256 a, int256 b) public pure {
        (int256 least, int256 most) = a < b ? (a, b) : (b, a);
        int256 bounded = bound(x, least, most);
        assertTrue(bounded >= least && bounded <= most);
    }

    function test_FeedBehaves() public {
        TestFeed feed = new TestFeed(8, 2000e8);
        assertEq(feed.answer(), 2000e8);
        feed.setBehaviour(TestFeed.Behaviour.Revert);
        vm.expectRevert(TestFeed.FeedIsDead.selector);
        feed.latestRoundData();
        feed.setBehaviour(TestFeed.Behaviour.BurnGas);
        vm.expectRevert();
        this.readWithGas(feed, 100_000);
        feed.setBehaviour(TestFeed.Behaviour.ShortData);
        vm.expectRevert();
        this.readWithGas(feed, 100_000);
    }

    function test_CoinsHaveDecimals() public {
        assertEq(new TestCoin("Tether", "USDT", 6).decimals(), 6);
        assertEq(new TestCoinWithPermit("USD Coin", "USDC").decimals(), 18);
    }
}

contract TestInvariantTest is Test {
    Counter private counter;

    function setUp() public {
        counter = new Counter();
        targetContract(address(counter));
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = Counter.up.selector;
        targetSelector(address(counter), selectors);
    }

    /// @dev Holds only if the runner keeps to the selectors that were named.
    function invariant_OnlyNamedSelectorsAreCalled() public view {
        assertLt(counter.count(), 1000);
    }
}
