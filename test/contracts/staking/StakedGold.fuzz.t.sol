// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../../../contracts/governance/Roles.sol";
import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {DeployAll} from "../lib/DeployAll.sol";
import {TestOracle} from "../lib/TestOracle.sol";

/// @title StakedGold under any amounts, times and donations
contract StakedGoldFuzzTest is DeployAll {
    address private payer = makeAddr("payer");
    address[3] private stakers;

    function setUp() public {
        deployCore();
        deployDesks(IPriceOracle(address(new TestOracle())));
        deployCoins();
        grant(Roles.FEE_PAYER, payer);
        stakers = [makeInvestor("alice"), makeInvestor("bob"), makeInvestor("carol")];
        for (uint256 i = 0; i < 3; i++) mintBacked(stakers[i], 1_000);
        mintBacked(payer, 100_000);
    }

    function giveFees(uint256 amount) private {
        vm.startPrank(payer);
        token.transfer(address(staking), amount);
        staking.giveFees(amount);
        vm.stopPrank();
    }

    /// @dev Whether (assets + 1) / (shares + 1000) did not fall.
    function assertPriceNotBelow(uint256 assets, uint256 shares) private view {
        assertGe((staking.totalAssets() + 1) * (shares + 1000), (assets + 1) * (staking.totalSupply() + 1000), "price");
    }

    function testFuzz_RoundTripEarnsNothing(uint256 others, uint256 fees, uint256 age, uint256 mine) public {
        others = bound(others, 0, 1_000e18);
        fees = bound(fees, 1, 1_000e18);
        mine = bound(mine, 1, 1_000e18);
        vm.prank(stakers[1]);
        staking.deposit(others, stakers[1]);
        giveFees(fees);
        staking.startStream();
        skip(bound(age, 0, 10 days));

        vm.startPrank(stakers[0]);
        uint256 shares = staking.deposit(mine, stakers[0]);
        assertLe(staking.redeem(shares, stakers[0], stakers[0]), mine);
        shares = staking.previewDeposit(mine / 2);
        uint256 cost = staking.mint(shares, stakers[0]);
        assertLe(staking.redeem(shares, stakers[0], stakers[0]), cost);
        vm.stopPrank();
    }

    function testFuzz_PreviewsAreExact(uint256 fees, uint256 age, uint256 amount) public {
        vm.prank(stakers[1]);
        staking.deposit(77e18, stakers[1]);
        giveFees(bound(fees, 1, 1_000e18));
        staking.startStream();
        skip(bound(age, 0, 10 days));
        amount = bound(amount, 1e3, 100e18);
        address me = stakers[0];
        vm.startPrank(me);
        uint256 expected = staking.previewDeposit(amount);
        assertEq(staking.deposit(amount, me), expected, "deposit");
        expected = staking.previewMint(amount);
        assertEq(staking.mint(amount, me), expected, "mint");
        uint256 part = staking.maxWithdraw(me) / 2;
        expected = staking.previewWithdraw(part);
        assertEq(staking.withdraw(part, me, me), expected, "withdraw");
        expected = staking.previewRedeem(staking.balanceOf(me));
        assertEq(staking.redeem(staking.balanceOf(me), me, me), expected, "redeem");
        vm.stopPrank();
    }

    function testFuzz_PriceNeverFallsAndAllCanLeave(uint256 seed) public {
        for (uint256 i = 0; i < 24; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            (uint256 assets, uint256 shares) = (staking.totalAssets(), staking.totalSupply());
            step(seed);
            assertPriceNotBelow(assets, shares);
            assertGe(
                token.balanceOf(address(staking)),
                staking.totalAssets() + staking.unstreamed() + staking.pendingFees(),
                "solvent"
            );
        }
        for (uint256 i = 0; i < 3; i++) {
            uint256 shares = staking.balanceOf(stakers[i]);
            vm.prank(stakers[i]);
            staking.redeem(shares, stakers[i], stakers[i]);
        }
        assertEq(staking.totalSupply(), 0);
    }

    function step(uint256 seed) private {
        address who = stakers[(seed >> 8) % 3];
        uint256 amount = uint256(keccak256(abi.encode(seed, "amount")));
        uint256 kind = seed % 7;
        if (kind == 0) giveFees(bound(amount, 1, 50e18));
        else if (kind == 1 && staking.pendingFees() != 0 && block.timestamp >= staking.nextStreamAt())
            staking.startStream();
        else if (kind == 2) skip(bound(amount, 1, 9 days));
        else if (kind == 3) donate(bound(amount, 1, 10e18));
        else if (kind < 6) enter(who, amount);
        else pullOut(who, amount);
    }

    function enter(address who, uint256 amount) private {
        uint256 balance = token.balanceOf(who);
        if (balance == 0) return;
        vm.prank(who);
        staking.deposit(bound(amount, 0, balance), who);
    }

    function pullOut(address who, uint256 amount) private {
        (uint256 most, uint256 shares) = (staking.maxWithdraw(who), staking.balanceOf(who));
        vm.prank(who);
        if (amount % 2 == 0) staking.withdraw(bound(amount, 0, most), who, who);
        else staking.redeem(shares, who, who);
    }

    function donate(uint256 amount) private {
        vm.prank(payer);
        token.transfer(address(staking), amount);
    }

    function testFuzz_EmptyTimeIsNobodys(uint256 before, uint256 idle, uint256 back) public {
        before = bound(before, 0, 7 days);
        vm.prank(stakers[0]);
        staking.deposit(100e18, stakers[0]);
        giveFees(70e18);
        staking.startStream();
        skip(before);
        uint256 shares = staking.balanceOf(stakers[0]);
        vm.prank(stakers[0]);
        staking.redeem(shares, stakers[0], stakers[0]);
        uint256 rest = staking.unstreamed();
        skip(bound(idle, 1, 365 days));
        assertEq(staking.unstreamed(), rest);

        // At a price of at most 1.7 this is enough for the stream to run.
        back = bound(back, 1e16, 1_000e18);
        vm.prank(stakers[1]);
        uint256 mine = staking.deposit(back, stakers[1]);
        assertEq(staking.unstreamed(), rest);
        assertLe(staking.previewRedeem(mine), back, "no leap");
        skip(7 days - before);
        assertEq(staking.unstreamed(), 0, "the rest keeps its rate");
    }
}
