// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "../lib/Test.sol";
import {Handler} from "./Handler.sol";

/// @title The steps of the invariant runs do something, or the invariants would say nothing
contract HandlerTest is Test {
    Handler private handler;

    function setUp() public {
        handler = new Handler();
    }

    function check() private {
        assertEq(handler.violation(), "");
        handler.checkSums();
        handler.checkBars();
        handler.checkWealth();
        handler.checkStaking();
        handler.checkEscrow();
    }

    function didAll(string[9] memory steps) private view {
        for (uint256 i = 0; i < steps.length; i++) {
            if (bytes(steps[i]).length != 0) assertGt(handler.done(steps[i]), 0, steps[i]);
        }
    }

    function test_TradesAndStakesSucceed() public {
        handler.buy(0, false, 50_000e18);
        handler.sell(1, true, 100e18);
        handler.stake(2, 300e18);
        handler.settleOrder(0, 10_000e18, 0);
        handler.reserveOrder(10e18, 1 days);
        handler.releaseOrder(1);
        handler.startStream();
        handler.send(0, 1, 5e18, false);
        handler.passTime(3 days, 2);
        check();
        handler.send(2, 1, 1e21, true);
        handler.donate(0, 1e18, 0);
        handler.unstake(2, 0);
        check();
        didAll(
            ["buy", "sell", "stake", "settleOrder", "reserveOrder", "releaseOrder", "startStream", "send", "donate"]
        );
        didAll(["unstake", "passTime", "", "", "", "", "", "", ""]);
    }

    function test_RedemptionsSucceed() public {
        handler.request(0, 1);
        handler.cancel(0);
        handler.request(1, 2);
        handler.accept(0);
        check();
        handler.ship(0);
        handler.confirm(1);
        check();
        handler.request(0, 1);
        handler.accept(0);
        handler.ship(0);
        handler.prove(0);
        handler.dispute(0);
        handler.decide(0, true);
        check();
        didAll(["request", "cancel", "accept", "ship", "confirm", "prove", "dispute", "decide", ""]);
    }

    function test_EndsWithoutTheHolderSucceed() public {
        handler.request(0, 1);
        handler.accept(0);
        handler.ship(0);
        handler.prove(0);
        handler.attest(0);
        handler.request(2, 2);
        handler.checkEscrowEnds();
        handler.passTime(4 days, 2);
        handler.complete();
        handler.passTime(20 days, 3);
        handler.reclaim(2);
        check();
        didAll(["attest", "complete", "reclaim", "", "", "", "", "", ""]);
    }

    function test_TheWorldMoves() public {
        handler.bookBar(99_960);
        handler.suspendOrReinstate(0);
        handler.suspendOrReinstate(0);
        for (uint256 kind = 0; kind < 8; kind++) handler.freezeOrPause(0, kind);
        for (uint256 kind = 0; kind < 5; kind++) handler.breakFeeds(kind, 1e8);
        handler.tellAll();
        check();
        didAll(["bookBar", "suspendOrReinstate", "freezeOrPause", "breakFeeds", "tellAll", "", "", "", ""]);
    }
}
