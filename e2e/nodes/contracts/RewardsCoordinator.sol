// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// Rewards of EigenLayer without the Merkle proofs: the root that says what an earner may claim is made off the
/// chain, so no view tells it. What was claimed is kept here.
contract RewardsCoordinator {
    using SafeERC20 for IERC20;

    event ClaimerForSet(address indexed earner, address indexed oldClaimer, address indexed claimer);
    event RewardsClaimed(address indexed earner, address indexed claimer, address token, uint256 claimedAmount);

    error UnauthorizedCaller();
    error EarningsNotGreaterThanClaimed();

    mapping(address earner => address) public claimerFor;
    mapping(address earner => mapping(address token => uint256)) public cumulativeClaimed;

    function setClaimerFor(address claimer) external {
        emit ClaimerForSet(msg.sender, claimerFor[msg.sender], claimer);
        claimerFor[msg.sender] = claimer;
    }

    /// `cumulativeEarnings` is what a leaf of the root would prove.
    function processClaim(address earner, IERC20 token, uint256 cumulativeEarnings) external {
        address claimer = claimerFor[earner] == address(0) ? earner : claimerFor[earner];
        require(msg.sender == claimer, UnauthorizedCaller());
        uint256 claimed = cumulativeClaimed[earner][address(token)];
        require(cumulativeEarnings > claimed, EarningsNotGreaterThanClaimed());
        cumulativeClaimed[earner][address(token)] = cumulativeEarnings;
        emit RewardsClaimed(earner, msg.sender, address(token), cumulativeEarnings - claimed);
        token.safeTransfer(msg.sender, cumulativeEarnings - claimed);
    }
}
