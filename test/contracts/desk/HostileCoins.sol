// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A coin that keeps one percent of each transfer once told to
contract FeeCoin is ERC20("Fee", "FEE") {
    bool public taking;

    function take(bool taking_) external {
        taking = taking_;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (taking && from != address(0) && to != address(0)) super._update(to, address(0), value / 100);
    }
}

/// @title A coin with an ERC-777-like hook: it makes a call for the sender in the middle of a transfer
contract HookCoin is ERC20("Hook", "HOOK") {
    address private _target;
    bytes private _data;
    /// @notice What the call within the transfer answered.
    bytes public answer;
    bool public succeeded;

    function arm(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (_target != address(0)) (succeeded, answer) = _target.call(_data);
    }
}

/// @title A coin that refuses one account
contract BlacklistCoin is ERC20("Blacklist", "BLK") {
    address public refused;

    error Refused(address account);

    function refuse(address account) external {
        refused = account;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (refused != address(0) && (from == refused || to == refused)) revert Refused(refused);
        super._update(from, to, value);
    }
}
