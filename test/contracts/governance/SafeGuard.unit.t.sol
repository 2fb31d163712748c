// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Guard} from "@safe-global/safe-contracts/contracts/base/GuardManager.sol";
import {Enum} from "@safe-global/safe-contracts/contracts/common/Enum.sol";
import {MultiSend} from "@safe-global/safe-contracts/contracts/libraries/MultiSend.sol";
import {SafeL2} from "@safe-global/safe-contracts/contracts/SafeL2.sol";
import {ITransactionGuard, SafeGuard} from "../../../contracts/governance/SafeGuard.sol";
import {SafeSetup} from "../../../contracts/governance/SafeSetup.sol";
import {TreasuryTest} from "./TreasuryTest.sol";

/// @title A module that would act for the Safe without its owners
contract Module {
    function act(SafeL2 safe, address to) external {
        safe.execTransactionFromModule(to, 1 ether, "", Enum.Operation.Call);
    }
}

/// @title What the treasury Safe refuses, with all the signatures it asks for
contract SafeGuardTest is TreasuryTest {
    bytes32 internal constant GUARD_SLOT = keccak256("guard_manager.guard.address");
    address internal constant MODULES_HEAD = address(1);

    function setUp() public {
        deployTreasury();
        deal(address(safe), 10 ether);
    }

    function guardOf(SafeL2 account) internal view returns (address) {
        return address(uint160(uint256(vm.load(address(account), GUARD_SLOT))));
    }

    function test_TheSafeIsBornGuarded() public view {
        assertEq(guardOf(safe), address(guard));
        assertEq(safe.getThreshold(), 2);
        assertEq(safe.getOwners().length, 3);
        (address[] memory modules, ) = safe.getModulesPaginated(MODULES_HEAD, 10);
        assertEq(modules.length, 0);
    }

    function test_InterfaceIsThatOfSafe_1_4_1() public view {
        assertEq(bytes32(type(ITransactionGuard).interfaceId), bytes32(type(Guard).interfaceId));
        assertTrue(guard.supportsInterface(0xe6d7a83a));
        assertTrue(guard.supportsInterface(type(IERC165).interfaceId));
        assertFalse(guard.supportsInterface(0xffffffff));
    }

    function test_PlainCallsPass() public {
        address payee = makeAddr("payee");
        bytes memory transactions = abi.encodePacked(uint8(0), payee, uint256(3 ether), uint256(0));
        assertTrue(batch(transactions));
        assertEq(payee.balance, 3 ether);
        assertTrue(call(payee, ""));
    }

    function test_DelegatecallToAnythingElseIsRefused() public {
        MultiSend other = new MultiSend();
        bytes memory data = abi.encodeCall(MultiSend.multiSend, (""));
        bytes memory signatures = signed(address(other), data, Enum.Operation.DelegateCall);
        vm.expectRevert(abi.encodeWithSelector(SafeGuard.DelegateCallRefused.selector, address(other)));
        safe.execTransaction(
            address(other),
            0,
            data,
            Enum.Operation.DelegateCall,
            0,
            0,
            0,
            address(0),
            payable(address(0)),
            signatures
        );
    }

    /// @dev MultiSendCallOnly reverts a batch that asks for a delegatecall inside.
    function test_ADelegatecallInsideTheBatchIsRefused() public {
        bytes memory transactions = abi.encodePacked(uint8(1), address(guard), uint256(0), uint256(0));
        bytes memory data = abi.encodeWithSignature("multiSend(bytes)", transactions);
        bytes memory signatures = signed(address(multiSend), data, Enum.Operation.DelegateCall);
        vm.expectRevert(bytes("GS013"));
        safe.execTransaction(
            address(multiSend),
            0,
            data,
            Enum.Operation.DelegateCall,
            0,
            0,
            0,
            address(0),
            payable(address(0)),
            signatures
        );
    }

    function expectRefusal(bytes memory data, bytes memory reason) internal {
        bytes memory signatures = signed(address(safe), data, Enum.Operation.Call);
        vm.expectRevert(reason);
        safe.execTransaction(
            address(safe),
            0,
            data,
            Enum.Operation.Call,
            0,
            0,
            0,
            address(0),
            payable(address(0)),
            signatures
        );
    }

    function test_NoModuleIsEnabled() public {
        Module module = new Module();
        bytes memory data = abi.encodeWithSignature("enableModule(address)", address(module));
        expectRefusal(data, abi.encodeWithSelector(SafeGuard.ModuleRefused.selector, address(module)));
        vm.expectRevert(bytes("GS104"));
        module.act(safe, makeAddr("payee"));
    }

    function test_NoModuleIsEnabledInABatch() public {
        address module = address(new Module());
        bytes memory transactions = inner(address(safe), abi.encodeWithSignature("enableModule(address)", module));
        bytes memory data = abi.encodeWithSignature("multiSend(bytes)", transactions);
        bytes memory signatures = signed(address(multiSend), data, Enum.Operation.DelegateCall);
        vm.expectRevert(abi.encodeWithSelector(SafeGuard.ModuleRefused.selector, module));
        safe.execTransaction(
            address(multiSend),
            0,
            data,
            Enum.Operation.DelegateCall,
            0,
            0,
            0,
            address(0),
            payable(address(0)),
            signatures
        );
    }

    function test_TheGuardStays() public {
        expectRefusal(
            abi.encodeWithSignature("setGuard(address)", address(0)),
            abi.encodeWithSelector(SafeGuard.GuardRemoved.selector, address(0))
        );
        SafeGuard other = new SafeGuard(address(0));
        expectRefusal(
            abi.encodeWithSignature("setGuard(address)", address(other)),
            abi.encodeWithSelector(SafeGuard.GuardRemoved.selector, address(other))
        );
        assertEq(guardOf(safe), address(guard));
    }

    /// @dev The owners are the Safe's own affair.
    function test_OwnersMayChange() public {
        address owner = makeAddr("owner3");
        assertTrue(call(address(safe), abi.encodeWithSignature("addOwnerWithThreshold(address,uint256)", owner, 3)));
        assertTrue(safe.isOwner(owner));
        assertEq(safe.getThreshold(), 3);
    }

    function test_TheSetupHelperDoesNothingForOthers() public {
        SafeSetup setup = new SafeSetup();
        vm.expectRevert();
        setup.installGuard(address(guard));
    }

    function test_OneSignatureIsNotEnough() public {
        address payee = makeAddr("payee");
        bytes memory both = signed(payee, "", Enum.Operation.Call);
        bytes memory one = new bytes(65);
        for (uint256 i = 0; i < 65; ++i) one[i] = both[i];
        vm.expectRevert(bytes("GS020"));
        safe.execTransaction(payee, 1, "", Enum.Operation.Call, 0, 0, 0, address(0), payable(address(0)), one);
    }
}
