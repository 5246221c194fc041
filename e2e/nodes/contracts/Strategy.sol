// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IStrategy} from "./EigenTypes.sol";

/// Holds one token. Shares are worth the balance, with the virtual 1e3 of EigenLayer's StrategyBase,
/// so a rebasing token raises the value of a share.
contract Strategy is IStrategy {
    using SafeERC20 for IERC20;

    error OnlyStrategyManager();

    uint256 internal constant OFFSET = 1e3;

    address public immutable strategyManager;
    IERC20 public immutable underlyingToken;
    uint256 public totalShares;

    constructor(address strategyManager_, IERC20 token) {
        strategyManager = strategyManager_;
        underlyingToken = token;
    }

    /// The tokens have arrived before the call.
    function deposit(uint256 amount) external returns (uint256 shares) {
        require(msg.sender == strategyManager, OnlyStrategyManager());
        uint256 before = _balance() + OFFSET - amount;
        shares = Math.mulDiv(amount, totalShares + OFFSET, before);
        totalShares += shares;
    }

    function withdraw(address to, uint256 shares) external {
        require(msg.sender == strategyManager, OnlyStrategyManager());
        uint256 amount = sharesToUnderlyingView(shares);
        totalShares -= shares;
        underlyingToken.safeTransfer(to, amount);
    }

    function sharesToUnderlyingView(uint256 shares) public view returns (uint256) {
        return Math.mulDiv(shares, _balance() + OFFSET, totalShares + OFFSET);
    }

    function underlyingToSharesView(uint256 amount) external view returns (uint256) {
        return Math.mulDiv(amount, totalShares + OFFSET, _balance() + OFFSET);
    }

    function _balance() internal view returns (uint256) {
        return underlyingToken.balanceOf(address(this));
    }
}
