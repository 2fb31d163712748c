// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {AurumAccessManager} from "../../../contracts/governance/AurumAccessManager.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {ISignedPriceFeed} from "../../../contracts/interfaces/ISignedPriceFeed.sol";
import {PriceOracle} from "../../../contracts/price/PriceOracle.sol";
import {SignedPriceFeed} from "../../../contracts/price/SignedPriceFeed.sol";
import {Test} from "../lib/Test.sol";
import {TestFeed} from "../lib/TestFeed.sol";

/// @title The oracle with a Chainlink-shaped MAIN and FALLBACK and a real SignedPriceFeed of five reporters as PIVOT
abstract contract PriceTest is Test {
    /// @dev Wednesday 2026-11-18, 10:00 in New York: the market is open.
    uint256 internal constant WEDNESDAY_10_NY = 1_795_014_000;
    /// @dev Friday 2026-11-20, 17:00 in New York: the week's close.
    uint256 internal constant FRIDAY_CLOSE = 1_795_212_000;
    /// @dev Saturday 2026-11-21, 12:00 in New York.
    uint256 internal constant SATURDAY_NOON_NY = 1_795_280_400;

    bytes32 internal constant FEED_ID = keccak256("XAU/USD");
    uint16 internal constant PIVOT_BPS = 50;
    uint16 internal constant FALLBACK_BPS = 150;
    uint16 internal constant SPAN_BPS = 100;
    uint32 internal constant HEARTBEAT = 1 hours;
    uint32 internal constant RING = 8;

    AccessManager internal manager;
    SignedPriceFeed internal pivot;
    PriceOracle internal oracle;
    TestFeed internal main;
    TestFeed internal paxg;

    address internal admin = makeAddr("admin");
    address internal upgrader = makeAddr("upgrader");
    address internal treasurer = makeAddr("treasurer");
    address internal guardian = makeAddr("guardian");
    address internal anyone = makeAddr("anyone");

    uint256[] internal keys;
    address[] internal reporters;

    function deployPrice() internal {
        vm.warp(WEDNESDAY_10_NY);
        vm.roll(1_000);
        manager = new AurumAccessManager(admin);
        for (uint256 i = 0; i < 5; i++) _newReporter(string.concat("reporter", vm.toString(i)));
        pivot = deployFeed(FEED_ID, reporters, 3, SPAN_BPS);
        main = new TestFeed(8, usd(4_000));
        paxg = new TestFeed(8, usd(4_000));
        oracle = deployOracle(
            feed(address(main)),
            feed(address(pivot)),
            feed(address(paxg)),
            PIVOT_BPS,
            FALLBACK_BPS,
            RING
        );
        grant(Roles.UPGRADER, upgrader);
        grant(Roles.TREASURER, treasurer);
        grant(Roles.GUARDIAN, guardian);
        allow(address(pivot), UUPSUpgradeable.upgradeToAndCall.selector, Roles.UPGRADER);
        allow(address(pivot), SignedPriceFeed.setConfig.selector, Roles.TREASURER);
        allow(address(pivot), SignedPriceFeed.disableReporter.selector, Roles.GUARDIAN);
        allow(address(oracle), UUPSUpgradeable.upgradeToAndCall.selector, Roles.UPGRADER);
        allow(address(oracle), PriceOracle.closeMarket.selector, Roles.GUARDIAN);
        allow(address(oracle), PriceOracle.lowerTolerances.selector, Roles.GUARDIAN);
        allow(address(oracle), PriceOracle.tightenBounds.selector, Roles.GUARDIAN);
        allow(address(oracle), PriceOracle.reopenMarket.selector, Roles.TREASURER);
        allow(address(oracle), PriceOracle.raiseTolerances.selector, Roles.TREASURER);
        allow(address(oracle), PriceOracle.setFeed.selector, Roles.TREASURER);
        allow(address(oracle), PriceOracle.setHolidays.selector, Roles.TREASURER);
    }

    // --- DEPLOYMENT ---

    function deployFeed(
        bytes32 feedId,
        address[] memory reporters_,
        uint8 threshold,
        uint16 spanBps
    ) internal returns (SignedPriceFeed) {
        bytes memory call = abi.encodeCall(
            SignedPriceFeed.initialize,
            (address(manager), reporters_, threshold, spanBps)
        );
        return SignedPriceFeed(address(new ERC1967Proxy(address(new SignedPriceFeed(feedId)), call)));
    }

    function deployOracle(
        IPriceOracle.Feed memory main_,
        IPriceOracle.Feed memory pivot_,
        IPriceOracle.Feed memory fallback_,
        uint16 pivotBps,
        uint16 fallbackBps,
        uint32 ringCapacity
    ) internal returns (PriceOracle) {
        bytes memory call = abi.encodeCall(
            PriceOracle.initialize,
            (address(manager), main_, pivot_, fallback_, pivotBps, fallbackBps, ringCapacity)
        );
        return PriceOracle(address(new ERC1967Proxy(address(new PriceOracle()), call)));
    }

    /// @dev Decimals are given wrongly on purpose: they must be read from the feed.
    function feed(address feed_) internal pure returns (IPriceOracle.Feed memory) {
        return IPriceOracle.Feed(feed_, HEARTBEAT, 77, 1_000, 20_000);
    }

    function grant(uint64 role, address account) internal {
        vm.prank(admin);
        manager.grantRole(role, account, 0);
    }

    function allow(address target, bytes4 selector, uint64 role) internal {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        vm.prank(admin);
        manager.setTargetFunctionRole(target, selectors, role);
    }

    function expectUnauthorized(address caller) internal {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller));
    }

    // --- REPORTS ---

    function sign(
        SignedPriceFeed feed_,
        uint256 key,
        uint256 price,
        uint256 observedAt,
        ISignedPriceFeed.Session session
    ) internal view returns (ISignedPriceFeed.SignedReport memory) {
        bytes32 digest = feed_.reportDigest(uint128(price), uint48(observedAt), session);
        return signDigest(key, digest, price, observedAt, session);
    }

    function signDigest(
        uint256 key,
        bytes32 digest,
        uint256 price,
        uint256 observedAt,
        ISignedPriceFeed.Session session
    ) internal pure returns (ISignedPriceFeed.SignedReport memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        bytes32 vs = bytes32(uint256(s) | (uint256(v - 27) << 255));
        return ISignedPriceFeed.SignedReport(uint128(price), uint48(observedAt), session, r, vs);
    }

    /// @dev Reporters 0, 1, 2 say prices a, b, c, all as of `observedAt`, for an open market.
    function three(
        uint256 a,
        uint256 b,
        uint256 c,
        uint256 observedAt
    ) internal view returns (ISignedPriceFeed.SignedReport[] memory reports) {
        reports = new ISignedPriceFeed.SignedReport[](3);
        reports[0] = sign(pivot, keys[0], a, observedAt, ISignedPriceFeed.Session.Open);
        reports[1] = sign(pivot, keys[1], b, observedAt, ISignedPriceFeed.Session.Open);
        reports[2] = sign(pivot, keys[2], c, observedAt, ISignedPriceFeed.Session.Open);
    }

    /// @dev A round of three reporters at this price, as of now. It settles with the next block.
    function submitRound(uint256 price, ISignedPriceFeed.Session session) internal {
        ISignedPriceFeed.SignedReport[] memory reports = new ISignedPriceFeed.SignedReport[](3);
        for (uint256 i = 0; i < 3; i++) {
            reports[i] = sign(pivot, keys[i], price, vm.getBlockTimestamp(), session);
        }
        vm.prank(anyone);
        pivot.submit(reports);
    }

    /// @dev All three feeds say so, PIVOT's round settled.
    function setAll(int256 price, ISignedPriceFeed.Session session) internal {
        main.set(price);
        paxg.set(price);
        submitRound(uint256(price), session);
        vm.roll(vm.getBlockNumber() + 1);
    }

    function setAll(int256 price) internal {
        setAll(price, ISignedPriceFeed.Session.Open);
    }

    // --- UNITS ---

    /// @dev Whole dollars with 8 decimals.
    function usd(uint256 dollars) internal pure returns (int256) {
        return int256(dollars * 1e8);
    }

    /// @dev Dollars per ounce with 8 decimals to dollars per gram with 18, rounded down.
    function perGram(int256 answer) internal pure returns (uint256) {
        return (uint256(answer) * 1e17) / 311_034_768;
    }

    function _newReporter(string memory name) internal {
        (address account, uint256 key) = makeAddrAndKey(name);
        keys.push(key);
        reporters.push(account);
    }
}
