// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// Balances are shares times a rate, so they move without a transfer. Base of stETH and eETH.
/// The rate is wei of ETH per 1e18 shares and is set by the test; everything else follows from it.
contract RebasingToken is ERC20 {
    error RateIsZero();

    uint256 public rate;
    uint256 public totalShares;
    mapping(address account => uint256) internal _shares;

    constructor(string memory name_, string memory symbol_, uint256 rate_) ERC20(name_, symbol_) {
        setRate(rate_);
    }

    function setRate(uint256 rate_) public {
        require(rate_ != 0, RateIsZero());
        rate = rate_;
    }

    /// Mints the fewest shares whose balance is at least `amount`.
    function mint(address to, uint256 amount) external {
        mintShares(to, Math.mulDiv(amount, 1e18, rate, Math.Rounding.Ceil));
    }

    function mintShares(address to, uint256 shares_) public {
        totalShares += shares_;
        _shares[to] += shares_;
        emit Transfer(address(0), to, _toAmount(shares_));
    }

    /// Anyone may: the test plays the protocol.
    function burnShares(address from, uint256 shares_) external {
        totalShares -= shares_;
        _shares[from] -= shares_;
        emit Transfer(from, address(0), _toAmount(shares_));
    }

    function balanceOf(address account) public view override returns (uint256) {
        return _toAmount(_shares[account]);
    }

    function totalSupply() public view override returns (uint256) {
        return _toAmount(totalShares);
    }

    /// A transfer moves whole shares, so the receiver can get a wei less than asked (as in Lido).
    function _update(address from, address to, uint256 amount) internal override {
        uint256 moved = _toShares(amount);
        require(_shares[from] >= moved, ERC20InsufficientBalance(from, balanceOf(from), amount));
        _shares[from] -= moved;
        _shares[to] += moved;
        emit Transfer(from, to, amount);
    }

    function _toAmount(uint256 shares_) internal view returns (uint256) {
        return Math.mulDiv(shares_, rate, 1e18);
    }

    function _toShares(uint256 amount) internal view returns (uint256) {
        return Math.mulDiv(amount, 1e18, rate);
    }
}
