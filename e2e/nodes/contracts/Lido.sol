// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {RebasingToken} from "./RebasingToken.sol";

contract StETH is RebasingToken {
    constructor(uint256 rate_) RebasingToken("Liquid staked Ether 2.0", "stETH", rate_) {}

    function sharesOf(address account) external view returns (uint256) {
        return _shares[account];
    }

    function getPooledEthByShares(uint256 shares_) external view returns (uint256) {
        return _toAmount(shares_);
    }

    function getSharesByPooledEth(uint256 amount) external view returns (uint256) {
        return _toShares(amount);
    }

    function getTotalShares() external view returns (uint256) {
        return totalShares;
    }

    function getTotalPooledEther() external view returns (uint256) {
        return totalSupply();
    }
}

/// One wstETH is one share of stETH. Minting it also mints the stETH that backs it.
contract WstETH is ERC20 {
    StETH public immutable stETH;

    constructor(StETH stETH_) ERC20("Wrapped liquid staked Ether 2.0", "wstETH") {
        stETH = stETH_;
    }

    function mint(address to, uint256 amount) external {
        stETH.mintShares(address(this), amount);
        _mint(to, amount);
    }

    function stEthPerToken() external view returns (uint256) {
        return stETH.getPooledEthByShares(1e18);
    }

    function tokensPerStEth() external view returns (uint256) {
        return stETH.getSharesByPooledEth(1e18);
    }

    function getStETHByWstETH(uint256 amount) external view returns (uint256) {
        return stETH.getPooledEthByShares(amount);
    }

    function getWstETHByStETH(uint256 amount) external view returns (uint256) {
        return stETH.getSharesByPooledEth(amount);
    }
}
