// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Revert strings on purpose: callers meet what they would meet on BSC.
// solhint-disable gas-custom-errors

/// @title DevCoin: USDT and USDC as they are on BNB Smart Chain. Development chains only.
/// @notice A BEP-20 of 18 decimals with revert strings, an owner who mints, and no permit: neither coin has one there.
/// @dev Its code is put at the coin's address on BSC, so storage is laid out as those contracts have it and written from
/// outside: owner in slot 0, balances 1, allowances 2, supply 3, then decimals, symbol and name.
contract DevCoin {
    address private _owner;
    mapping(address account => uint256 amount) private _balances;
    mapping(address owner => mapping(address spender => uint256 amount)) private _allowances;
    uint256 private _totalSupply;
    uint8 private _decimals;
    string private _symbol;
    string private _name;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    modifier onlyOwner() {
        require(_owner == msg.sender, "Ownable: caller is not the owner");
        _;
    }

    function getOwner() external view returns (address) {
        return _owner;
    }

    function owner() external view returns (address) {
        return _owner;
    }

    function decimals() external view returns (uint8) {
        return _decimals;
    }

    function symbol() external view returns (string memory) {
        return _symbol;
    }

    function name() external view returns (string memory) {
        return _name;
    }

    function totalSupply() external view returns (uint256) {
        return _totalSupply;
    }

    function balanceOf(address account) external view returns (uint256) {
        return _balances[account];
    }

    function allowance(address owner_, address spender) external view returns (uint256) {
        return _allowances[owner_][spender];
    }

    function transfer(address recipient, uint256 amount) external returns (bool) {
        _transfer(msg.sender, recipient, amount);
        return true;
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        _approve(msg.sender, spender, amount);
        return true;
    }

    /// @dev An unlimited allowance goes down too, as it does on BSC.
    function transferFrom(address sender, address recipient, uint256 amount) external returns (bool) {
        _transfer(sender, recipient, amount);
        uint256 allowed = _allowances[sender][msg.sender];
        require(allowed >= amount, "BEP20: transfer amount exceeds allowance");
        _approve(sender, msg.sender, allowed - amount);
        return true;
    }

    function increaseAllowance(address spender, uint256 added) external returns (bool) {
        _approve(msg.sender, spender, _allowances[msg.sender][spender] + added);
        return true;
    }

    function decreaseAllowance(address spender, uint256 subtracted) external returns (bool) {
        uint256 allowed = _allowances[msg.sender][spender];
        require(allowed >= subtracted, "BEP20: decreased allowance below zero");
        _approve(msg.sender, spender, allowed - subtracted);
        return true;
    }

    /// @notice New coins for the owner.
    function mint(uint256 amount) external onlyOwner returns (bool) {
        _totalSupply += amount;
        _balances[msg.sender] += amount;
        emit Transfer(address(0), msg.sender, amount);
        return true;
    }

    function burn(uint256 amount) external returns (bool) {
        uint256 balance = _balances[msg.sender];
        require(balance >= amount, "BEP20: burn amount exceeds balance");
        _balances[msg.sender] = balance - amount;
        _totalSupply -= amount;
        emit Transfer(msg.sender, address(0), amount);
        return true;
    }

    function transferOwnership(address newOwner) external onlyOwner {
        require(newOwner != address(0), "Ownable: new owner is the zero address");
        emit OwnershipTransferred(_owner, newOwner);
        _owner = newOwner;
    }

    function _transfer(address sender, address recipient, uint256 amount) private {
        require(sender != address(0), "BEP20: transfer from the zero address");
        require(recipient != address(0), "BEP20: transfer to the zero address");
        uint256 balance = _balances[sender];
        require(balance >= amount, "BEP20: transfer amount exceeds balance");
        _balances[sender] = balance - amount;
        _balances[recipient] += amount;
        emit Transfer(sender, recipient, amount);
    }

    function _approve(address owner_, address spender, uint256 amount) private {
        require(spender != address(0), "BEP20: approve to the zero address");
        _allowances[owner_][spender] = amount;
        emit Approval(owner_, spender, amount);
    }
}
